import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { documents } from '../report/documents.ts';
import type { FileReport } from '../report/file-report.ts';
import { about } from './about.ts';
import { readFileList, takeShard } from './find-files.ts';
import { onInterrupt } from './interrupt.ts';
import { redacted, runnerFor } from './migrate/git.ts';
import { type Done, openJournal, readJournal, type Status } from './migrate/journal.ts';
import { migrateOne, type Run } from './migrate/migrate-one.ts';
import type { MigrateFlags } from './migrate/migrate-options.ts';
import { isOpen } from './migrate/propose.ts';
import { nameOf, slugOf } from './migrate/repository.ts';
import { openReport } from './open-report.ts';
import type { Flags } from './options.ts';
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
  if (flags.body !== undefined) readTemplate(flags.body);
  const workDir = resolve(flags.workDir ?? `${flags.state}.work`);
  for (const folder of [dirname(resolve(flags.state)), workDir, reportsOf(flags.state)])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  const writer = openJournal(flags.state);
  const stop = new AbortController();
  const release = onInterrupt(async () => stop.abort());
  try {
    const journal = readJournal(flags.state);
    const fingerprint = fingerprintOf(flags);
    const resumes = journal.unfinished === fingerprint && flags.fresh !== true;
    if (journal.unfinished !== null && !resumes) writer.add({ event: 'end' });
    writer.add({ event: 'run', fingerprint });
    const queue = all.filter((repository) => !resumes || !journal.doneInRun.has(nameOf(repository)));
    if (resumes && queue.length < all.length)
      tell(flags, `goes on: ${all.length - queue.length} of ${all.length} repositories are done`);
    let free = Number.POSITIVE_INFINITY;
    if (flags.maxOpen !== undefined) free = flags.maxOpen - (await countOpen(journal.pullRequests, writer.add));
    const run: Run = { flags, workDir, journal, add: writer.add, takePlace: () => free-- > 0 };
    let failed = 0;
    const next = async (): Promise<void> => {
      for (let one = queue.shift(); one !== undefined && !stop.signal.aborted; one = queue.shift())
        if ((await settle(one, run, stop.signal)) === 'failed') failed++;
    };
    await Promise.all(Array.from({ length: Math.min(flags.jobs ?? 4, queue.length) }, next));
    if (stop.signal.aborted) return 130;
    writer.add({ event: 'end' });
    if (!flags.quiet) process.stdout.write(overview(readJournal(flags.state).done, new Set(all.map(nameOf))));
    return failed > 0 ? 2 : 0;
  } finally {
    release();
    writer.close();
  }
}

/** Does one repository within its time and writes down how it went. */
async function settle(given: string, run: Run, stop: AbortSignal): Promise<Status> {
  const { flags, add } = run;
  const name = nameOf(given);
  const begin = performance.now();
  const signal = AbortSignal.any([stop, AbortSignal.timeout(flags.timeout * 1000)]);
  let made: Awaited<ReturnType<typeof migrateOne>>;
  try {
    made = await migrateOne(given, run, runnerFor(signal, flags.retries));
  } catch (error) {
    if (stop.aborted) return 'failed';
    const why = redacted(error instanceof Error ? error.message : String(error));
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
  if (flags.verbose || status === 'failed' || status === 'held')
    tell(flags, `${name}: ${status}${why === null ? '' : `: ${why}`}`);
  return status;
}

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

function readTemplate(file: string): void {
  try {
    readFileSync(file, 'utf8');
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
  return `${entries.length} repositories: ${shown(counts)}\nDockerfiles: ${shown(Object.entries(files).sort()) || 'none'}\n`;
}

/** `dfsplit migrate status`: where every repository stands. */
export function runStatus(flags: Pick<MigrateFlags, 'state' | 'json'>): number {
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
  flags: Pick<MigrateFlags, 'state' | 'output'> & Pick<Flags, 'format'>,
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
  const format = flags.format in documents ? (flags.format as keyof typeof documents) : 'markdown';
  await sink.put(documents[format](reports, about));
  await sink.close();
  return 0;
}
