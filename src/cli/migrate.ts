import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type DocumentFormat, documents } from '../report/documents.ts';
import type { FileReport } from '../report/file-report.ts';
import { about } from './about.ts';
import { readFileList, takeShard } from './find-files.ts';
import { onInterrupt } from './interrupt.ts';
import { messageOf, redacted, runnerFor } from './migrate/git.ts';
import { type Done, openJournal, readJournal, type Status } from './migrate/journal.ts';
import { misspelt } from './migrate/message.ts';
import { migrateOne, type Run } from './migrate/migrate-one.ts';
import type { MigrateFlags } from './migrate/migrate-options.ts';
import { isOpen } from './migrate/propose.ts';
import { nameOf, slugOf } from './migrate/repository.ts';
import { openReport } from './open-report.ts';
import { progressOf } from './progress.ts';
import { usageError } from './usage-error.ts';
import { writeFile } from './write-file.ts';

const reportsOf = (state: string): string => `${state}.reports`;
const STATUSES: readonly Status[] = ['unchanged', 'committed', 'pushed', 'proposed', 'waiting', 'held', 'failed'];

/** `dfsplit migrate REPO...`: 0 all done, 2 a repository failed, 130 interrupted. */
export async function runMigrate(given: readonly string[], flags: MigrateFlags): Promise<number> {
  const listed = [...given, ...(flags.reposFrom === undefined ? [] : readFileList(flags.reposFrom))];
  const named = new Map(listed.map((repository) => [nameOf(repository), repository]));
  const all = flags.shard === undefined ? [...named.values()] : takeShard([...named.values()], flags.shard);
  if (listed.length === 0) throw usageError('name repositories, or a list of them with --repos-from');
  checkTemplate('--title', flags.title, true);
  if (flags.body !== undefined) checkTemplate(`--body ${flags.body}`, readTemplate(flags.body), false);
  const workDir = resolve(flags.workDir ?? `${flags.state}.work`);
  for (const folder of [dirname(resolve(flags.state)), workDir, reportsOf(flags.state)])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  const writer = openJournal(flags.state);
  const stop = new AbortController();
  let ended = (): void => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const release = onInterrupt(() => {
    stop.abort();
    return end;
  });
  try {
    const journal = readJournal(flags.state);
    const fingerprint = fingerprintOf(flags);
    const resumes = journal.unfinished === fingerprint && flags.fresh !== true;
    if (journal.unfinished !== null && !resumes) writer.add({ event: 'end' });
    writer.add({ event: 'run', fingerprint });
    const queue = all.filter((repository) => !resumes || !journal.doneInRun.has(nameOf(repository)));
    if (resumes && queue.length < all.length)
      tell(flags, `goes on: ${all.length - queue.length} of ${repositories(all.length)} are done`);
    let free = Number.POSITIVE_INFINITY;
    if (flags.maxOpen !== undefined) free = flags.maxOpen - (await countOpen(journal.pullRequests, writer.add));
    const run: Run = { flags, workDir, journal, add: writer.add, takePlace: () => free-- > 0 };
    const counts: Record<string, number> = {};
    const progress = progressOf(queue.length, flags.quiet === true);
    const underWay = new Set<string>();
    const show = (): void => progress.show(counts, [...underWay][0] ?? '');
    const next = async (): Promise<void> => {
      for (let one = queue.shift(); one !== undefined && !stop.signal.aborted; one = queue.shift()) {
        underWay.add(nameOf(one));
        show();
        const status = await settle(one, run, stop.signal, progress.clear);
        counts[status] = (counts[status] ?? 0) + 1;
        underWay.delete(nameOf(one));
        show();
      }
    };
    await Promise.all(Array.from({ length: Math.min(flags.jobs ?? 4, queue.length) }, next));
    progress.clear();
    if (stop.signal.aborted) {
      const { doneInRun } = readJournal(flags.state);
      const done = all.filter((repository) => doneInRun.has(nameOf(repository))).length;
      tell(flags, `interrupted: ${done} of ${repositories(all.length)} are done; the same command goes on`);
      return 130;
    }
    writer.add({ event: 'end' });
    if (!flags.quiet) process.stdout.write(overview(readJournal(flags.state).done, new Set(all.map(nameOf))));
    return (counts.failed ?? 0) > 0 ? 2 : 0;
  } finally {
    release();
    writer.close();
    ended();
  }
}

/** Does one repository within its time and writes down how it went. */
async function settle(given: string, run: Run, stop: AbortSignal, clear: () => void): Promise<Status> {
  const { flags, add } = run;
  const name = nameOf(given);
  const begin = performance.now();
  const signal = AbortSignal.any([stop, AbortSignal.timeout(flags.timeout * 1000)]);
  let made: Awaited<ReturnType<typeof migrateOne>>;
  try {
    made = await migrateOne(given, run, runnerFor(signal, flags.retries));
  } catch (error) {
    if (stop.aborted) return 'failed';
    const why = redacted(messageOf(error));
    made = { status: 'failed', base: null, commit: null, why, reports: [] };
  }
  await writeFile(
    join(reportsOf(flags.state), `${slugOf(name)}.json`),
    JSON.stringify({ name, reports: made.reports }),
  );
  const outcomes: Record<string, number> = {};
  for (const { outcome } of made.reports) outcomes[outcome.outcome] = (outcomes[outcome.outcome] ?? 0) + 1;
  const { status, base, commit, why } = made;
  const seconds = Math.round((performance.now() - begin) / 10) / 100;
  add({ event: 'done', repository: name, status, base, commit, why, outcomes, seconds });
  if (!flags.verbose && status !== 'failed' && status !== 'held') return status;
  clear();
  tell(flags, `${name}: ${status}${why === null ? '' : `: ${why}`}`);
  return status;
}

const repositories = (count: number): string => `${count} ${count === 1 ? 'repository' : 'repositories'}`;

const tell = (flags: MigrateFlags, what: string): void => {
  if (!flags.quiet) process.stderr.write(`dfsplit: ${what}\n`);
};

/** What a run is told: with anything else told, it is another run, which does every repository. */
function fingerprintOf({
  jobs: _,
  verbose: __,
  quiet: ___,
  fresh: ____,
  timeout: _____,
  retries: ______,
  ...told
}: MigrateFlags): string {
  return JSON.stringify(told);
}

/** What is misspelt in a template would stand in every pull request. */
function checkTemplate(what: string, template: string, isTitle: boolean): void {
  const wrong = misspelt(template, isTitle);
  if (wrong !== null) throw usageError(`${what}: {${wrong.hole}} means nothing: did you mean {${wrong.meant}}?`);
}

function readTemplate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw usageError(`--body ${file}: it cannot be read`);
  }
}

async function countOpen(
  known: ReadonlyMap<string, { readonly url: string; readonly open: boolean }>,
  add: Run['add'],
): Promise<number> {
  const run = runnerFor(AbortSignal.timeout(120_000), 0);
  let open = 0;
  for (const [repository, { url, open: was }] of known) {
    if (!was) continue;
    if (await isOpen(url, run)) open++;
    else add({ event: 'pull-request', repository, url, open: false });
  }
  return open;
}

/** Counts by status, and how many files of each outcome there are. */
function overview(done: ReadonlyMap<string, Done>, wanted: ReadonlySet<string> | null): string {
  const entries = [...done.values()].filter(({ repository }) => wanted === null || wanted.has(repository));
  const counts = STATUSES.map((status) => [status, entries.filter((one) => one.status === status).length] as const);
  const files: Record<string, number> = {};
  for (const { outcomes } of entries)
    for (const [outcome, count] of Object.entries(outcomes)) files[outcome] = (files[outcome] ?? 0) + count;
  const shown = (pairs: readonly (readonly [string, number])[]): string =>
    pairs
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ');
  return `${repositories(entries.length)}: ${shown(counts) || 'none'}\nDockerfiles: ${shown(Object.entries(files).sort()) || 'none'}\n`;
}

/** `dfsplit migrate status`: where every repository stands. */
export function runStatus(flags: Pick<MigrateFlags, 'state' | 'json'>): number {
  if (!existsSync(flags.state)) throw usageError(`${flags.state}: no run of dfsplit migrate has written it`);
  const journal = readJournal(flags.state);
  const rows = [...journal.done.values()].sort((a, b) => (a.repository < b.repository ? -1 : 1));
  if (flags.json)
    process.stdout.write(
      `${JSON.stringify({ unfinished: journal.unfinished !== null, repositories: rows }, null, 2)}\n`,
    );
  else {
    for (const { repository, status, why } of rows)
      process.stdout.write(`${status.padEnd(9)} ${repository}${why === null ? '' : `: ${why}`}\n`);
    process.stdout.write(overview(journal.done, null));
    if (journal.unfinished !== null)
      process.stdout.write('The last run was cut short: the same command goes on with it.\n');
  }
  return 0;
}

/** The reports on the repositories of a state file. */
function reportFiles(state: string): string[] {
  const folder = reportsOf(state);
  try {
    return readdirSync(folder).map((file) => join(folder, file));
  } catch {
    throw usageError(`${state}: no run of dfsplit migrate has left its reports in ${folder}`);
  }
}

/** `dfsplit migrate report`: one report over all files of all repositories of one state file or several. */
export async function runFleetReport(
  states: readonly string[],
  flags: Pick<MigrateFlags, 'state' | 'output'> & { readonly format: DocumentFormat },
): Promise<number> {
  const reports = (states.length > 0 ? states : [flags.state])
    .flatMap(reportFiles)
    .sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
    .flatMap((file): FileReport[] => {
      const { name, reports: own } = JSON.parse(readFileSync(file, 'utf8')) as {
        name: string;
        reports: FileReport[];
      };
      return own.map((report) => ({ ...report, path: `${name}/${report.path}` }));
    });
  const sink = await openReport(flags.output, false);
  await sink.put(documents[flags.format](reports, about));
  await sink.close();
  return 0;
}
