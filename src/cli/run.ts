import type { SplitPlan } from '../analyze/plan.ts';
import { unifiedDiff } from '../report/diff.ts';
import { documents } from '../report/documents.ts';
import { assumptionsOf, type FileReport, fileReport, summarize } from '../report/file-report.ts';
import { colorsFor, humanFile, humanSummary } from '../report/human.ts';
import { ndjsonLine, ndjsonSummary } from '../report/json.ts';
import { about } from './about.ts';
import { convertFile, type OpenContexts } from './convert-file.ts';
import { findFiles, takeShard } from './find-files.ts';
import type { Flags } from './options.ts';
import { usageError } from './usage-error.ts';
import type { EngineFlags } from './verify-options.ts';

const changed = (report: FileReport): boolean => report.outcome.text !== null;

/** A split is written where it is proven, or where every assumption is one that the caller accepts. */
export function mayWrite(report: FileReport, assume: string | undefined): boolean {
  if (!changed(report)) return false;
  const accepted = (assume ?? '').split(',').map((code) => code.trim().toUpperCase());
  return accepted.includes('ALL') || assumptionsOf(report).every((code) => accepted.includes(code));
}

/** `dfsplit [PATH...]`: the exit status. */
export async function run(paths: readonly string[], flags: Flags & EngineFlags): Promise<number> {
  const format = flags.json ? 'json' : flags.format;
  const found = await findFiles(paths, flags);
  const files = flags.shard === undefined ? found : takeShard(found, flags.shard);
  const stdin = files.includes('-');
  if (stdin && files.length > 1) throw usageError('- stands for standard input and goes with no other file');
  if (stdin && flags.write) throw usageError('--write and - do not go together: standard input has no file to write');
  if (flags.check && flags.write) throw usageError('--check writes nothing: leave --write out');
  if (files.length === 0) throw usageError(`${paths.join(' ')}: there is no Dockerfile in it`);
  if (flags.verify && !flags.write) throw usageError('--verify goes with --write; dfsplit verify writes nothing');
  const filter = stdin && format === 'diff' && !flags.check;
  const colors = colorsFor(useColor(flags, filter));
  const sink = await openReport(flags.output, filter);
  const reports: FileReport[] = [];
  const contexts: OpenContexts = new Map();
  const checkpoint = flags.verify ? await (await import('./verify.ts')).openCheckpoint(flags) : null;
  for (const file of files) {
    let plan: SplitPlan | null = null;
    let report = await convertFile(file, flags, contexts, (made) => {
      plan = made;
    });
    if (
      flags.write &&
      mayWrite(report, flags.assume) &&
      (checkpoint === null || (await checkpoint.holds(report, plan)))
    )
      report = await written(report);
    reports.push(report);
    if (format === 'ndjson') sink.put(ndjsonLine(report));
    else if (format === 'diff' && flags.check) sink.put(mayWrite(report, flags.assume) ? `${report.path}\n` : '');
    else if (format === 'diff' && isWorthSaying(report, flags))
      sink.put(humanFile(report, colors, flags.verbose === true));
  }
  await checkpoint?.close();
  const summary = summarize(reports);
  if (format in documents) sink.put(documents[format as keyof typeof documents](reports, about));
  else if (format === 'ndjson') sink.put(ndjsonSummary(summary));
  else if (files.length > 1 && !flags.quiet && !flags.check) sink.put(humanSummary(summary, colors));
  if (filter) process.stdout.write(filtered(reports[0] as FileReport, flags));
  else if (flags.check)
    for (const report of reports.filter((one) => one.outcome.outcome === 'failed')) complain(report);
  await sink.close();
  if (flags.patch !== undefined) await writePatch(flags.patch, reports, flags);
  if (summary.failed > 0) return 2;
  if (flags.check && reports.some((report) => mayWrite(report, flags.assume))) return 1;
  const doubt = checkpoint?.status() ?? 0;
  if (doubt !== 0) return doubt;
  return flags.strict && summary.refused > 0 ? 3 : 0;
}

/** `dfsplit explain [PATH...]`: the exit status. */
export async function runExplain(paths: readonly string[], flags: Flags): Promise<number> {
  const { explainFile } = await import('../report/explain.ts');
  const files = await findFiles(paths, flags);
  const colors = colorsFor(useColor(flags, false));
  const sink = await openReport(flags.output, false);
  const contexts: OpenContexts = new Map();
  let status = 0;
  for (const [index, file] of files.entries()) {
    const report = await convertFile(file, flags, contexts);
    sink.put(`${index > 0 ? '\n' : ''}${explainFile(report, colors)}`);
    if (report.outcome.outcome === 'failed') status = 2;
    else if (flags.strict && report.outcome.outcome === 'refused' && status === 0) status = 3;
  }
  await sink.close();
  return status;
}

function isWorthSaying(report: FileReport, flags: Flags): boolean {
  return !flags.quiet || report.outcome.outcome === 'refused' || report.outcome.outcome === 'failed';
}

/** What a filter hands on: the new text where it may be written, else the text as it came. */
function filtered(report: FileReport, flags: Flags): string {
  return mayWrite(report, flags.assume) ? (report.outcome.text as string) : report.original;
}

function complain(report: FileReport): void {
  for (const one of report.diagnostics)
    process.stderr.write(`${report.path}:${one.line}:${one.column}: ${one.code} ${one.message}\n`);
}

/** NO_COLOR, FORCE_COLOR and what the text goes to decide, unless --no-color does. */
export function useColor(flags: Pick<Flags, 'color' | 'output'>, toStandardError: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (flags.color === false || flags.output !== undefined || (NO_COLOR ?? '') !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0';
  return TERM !== 'dumb' && (toStandardError ? process.stderr : process.stdout).isTTY === true;
}

async function written(report: FileReport): Promise<FileReport> {
  try {
    const { writeFile } = await import('./write-file.ts');
    await writeFile(report.path, report.outcome.text as string);
    return { ...report, written: true };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const diagnostics = [{ code: 'DF702', span: { start: 0, end: 0 }, args: { reason } }];
    return fileReport(report.path, report.context, report.original, {
      ...report.outcome,
      outcome: 'failed',
      text: null,
      diagnostics,
    });
  }
}

interface Sink {
  readonly put: (text: string) => void;
  readonly close: () => Promise<void>;
}

/** Standard output, standard error for a filter, or a file that is written whole at the end. */
export async function openReport(file: string | undefined, toStandardError: boolean): Promise<Sink> {
  if (file === undefined || file === '-') {
    const stream = toStandardError ? process.stderr : process.stdout;
    return { put: (text) => void stream.write(text), close: async () => {} };
  }
  const parts: string[] = [];
  return { put: (text) => void parts.push(text), close: () => writeReport(file, parts.join('')) };
}

async function writeReport(file: string, text: string): Promise<void> {
  const { writeFile } = await import('./write-file.ts');
  try {
    await writeFile(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usageError(`${file} cannot be written (${code}): check that its folder is there and may be written to`);
  }
}

async function writePatch(file: string, reports: readonly FileReport[], flags: Flags): Promise<void> {
  const parts = reports
    .filter((report) => mayWrite(report, flags.assume))
    .map((report) => unifiedDiff(report.path, report.original, report.outcome.text as string));
  await writeReport(file, parts.join(''));
}
