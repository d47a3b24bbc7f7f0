import type { SplitPlan } from '../analyze/plan.ts';
import { unifiedDiff } from '../report/diff.ts';
import { assumptionsOf, type FileReport, fileReport } from '../report/file-report.ts';
import { harmless } from '../report/harmless.ts';
import { colorsFor, humanFile, withoutFlood } from '../report/human.ts';
import { ndjsonLine } from '../report/json.ts';
import { type FileTally, tallyOf } from '../report/tally.ts';
import { settingsFor } from './config/settings.ts';
import { convertFile, type OpenContexts } from './convert-file.ts';
import type { Flags } from './options.ts';
import { reasonOf } from './read-file.ts';
import type { Checkpoint } from './verify-options.ts';

/** What to do with each file of a run; a plain value, so that a worker can be told. */
export interface Job {
  readonly flags: Flags;
  readonly format: Flags['format'];
  readonly color: boolean;
  /** The report is a document over all files, which needs them whole. */
  readonly whole: boolean;
}

/** One file as it is done with: what is printed of it, and what it adds to the summary. */
export interface Processed {
  readonly path: string;
  readonly text: string;
  /** Its part of the patch, where one is asked for. */
  readonly patch: string;
  /** The file is, or would be, written. */
  readonly changes: boolean;
  /** Messages of a file that could not be done. */
  readonly complaints: string;
  readonly tally: FileTally;
  readonly report: FileReport | null;
}

/** A split is written where it is proven, or where every assumption is one that the caller accepts. */
export function mayWrite(report: FileReport, assume: string | undefined): boolean {
  if (report.outcome.text === null) return false;
  const accepted = (assume ?? '').split(',').map((code) => code.trim().toUpperCase());
  return accepted.includes('ALL') || assumptionsOf(report).every((code) => accepted.includes(code));
}

/** Splits one file, writes it where that is asked for, and says what there is to say. */
export async function processFile(
  file: string,
  job: Job,
  contexts: OpenContexts,
  checkpoint: Checkpoint | null = null,
): Promise<Processed> {
  const { flags, format } = job;
  let plan: SplitPlan | null = null;
  const converted = await convertFile(file, flags, contexts, (made) => {
    plan = made;
  });
  const { assume } = (await settingsFor(file, flags)).flags;
  const changes = mayWrite(converted, assume);
  const writes = flags.write && changes && (checkpoint === null || (await checkpoint.holds(converted, plan)));
  const sizes = flags.write && changes ? checkpoint?.sizes() : undefined;
  const measured = sizes === undefined ? converted : { ...converted, sizes };
  const report = writes ? await written(measured, flags) : measured;
  const { outcome, text } = report.outcome;
  return {
    path: report.path,
    text: job.whole ? '' : printed(report, job, changes),
    patch: flags.patch !== undefined && changes && text !== null ? unifiedDiff(report.path, report.original, text) : '',
    changes,
    complaints:
      (flags.check && format === 'diff' && outcome === 'failed' ? complaints(report, flags.verbose === true) : '') +
      harmless(report.bug ?? ''),
    tally: tallyOf(report),
    report: job.whole || file === '-' ? report : null,
  };
}

function printed(report: FileReport, { flags, format, color }: Job, changes: boolean): string {
  const { outcome } = report.outcome;
  if (format === 'ndjson') return ndjsonLine(report);
  if (flags.check) return changes ? `${harmless(report.path)}\n` : '';
  const isWorthSaying = !flags.quiet || outcome === 'refused' || outcome === 'failed';
  return isWorthSaying ? humanFile(report, colorsFor(color), flags.verbose === true) : '';
}

function complaints(report: FileReport, verbose: boolean): string {
  const { shown, more } = withoutFlood(report.diagnostics, verbose);
  const lines = shown.map((one) => `${report.path}:${one.line}:${one.column}: ${one.code} ${one.message}`);
  if (more > 0) lines.push(`${report.path}: and ${more} more error${more === 1 ? '' : 's'}; -v shows them`);
  return `${harmless(lines.join('\n'))}\n`;
}

async function written(report: FileReport, flags: Flags): Promise<FileReport> {
  const { path, original: before, outcome } = report;
  try {
    if (flags.requireClean) {
      const { uncommitted } = await import('./uncommitted.ts');
      const reason = uncommitted(path);
      if (reason !== null) return failedReport(report, 'DF706', { reason });
    }
    const { replaceFile } = await import('./write-file.ts');
    await replaceFile({ path, before, after: outcome.text as string, backup: flags.backup ? `${path}.orig` : null });
    return { ...report, written: true };
  } catch (error) {
    return failedReport(report, 'DF702', { reason: reasonOf(error) });
  }
}

/** The file with the reason why nothing came of it. */
export function failedReport(
  report: Pick<FileReport, 'path' | 'context' | 'original' | 'outcome'>,
  code: string,
  args: Readonly<Record<string, string>>,
): FileReport {
  const diagnostics = [{ code, span: { start: 0, end: 0 }, args }];
  const outcome = { ...report.outcome, outcome: 'failed' as const, text: null, lines: [], diagnostics };
  return fileReport(report.path, report.context, report.original, outcome);
}
