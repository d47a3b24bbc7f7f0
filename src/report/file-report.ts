import { type RenderedDiagnostic, render } from '../diagnostics/catalogue.ts';
import { transferSize } from '../knowledge/images/sizes.ts';
import type { Outcome } from '../outcome.ts';

/** One Dockerfile with its outcome, as every report sees it. */
export interface FileReport {
  /** As given, with `/`. */
  readonly path: string;
  readonly context: string | null;
  readonly original: string;
  readonly outcome: Outcome;
  readonly diagnostics: readonly RenderedDiagnostic[];
  /** The file was written. */
  readonly written: boolean;
  /** What to send of a file that dfsplit made a mistake with. */
  readonly bug?: string;
  /** Bytes of both images, where an engine has built them. */
  readonly sizes?: { readonly before: number; readonly after: number };
}

/** Puts an outcome into words. */
export function fileReport(
  path: string,
  context: string | null,
  original: string,
  outcome: Outcome,
  written = false,
): FileReport {
  return {
    path,
    context,
    original,
    outcome,
    written,
    diagnostics: outcome.diagnostics.map((diagnostic) => render(diagnostic, original)),
  };
}

/** Compressed bytes of the base images before and after a split; null where one of them is not known. */
export function baseSizes({ build, runtime }: Outcome): { readonly before: number; readonly after: number } | null {
  const [before, after] = [build, runtime].map((stage) => (stage === null ? null : transferSize(stage.image)));
  return before == null || after == null || before === after ? null : { before, after };
}

/** The codes of the assumptions a split rests on. */
export function assumptionsOf(report: FileReport): string[] {
  return [...new Set(report.diagnostics.filter((one) => one.severity === 'assumption').map((one) => one.code))];
}

/** The finding that says why a file was left alone. */
export function mainFinding({ diagnostics }: FileReport): RenderedDiagnostic | undefined {
  return diagnostics.find((one) => one.severity === 'blocker' || one.severity === 'error') ?? diagnostics[0];
}

/** The line where a changed file begins to read differently: the FROM of the stage that is split. */
export function changedLine({ outcome }: FileReport): number {
  return outcome.lines.find(({ from, why }) => from !== null && why !== null)?.from ?? 1;
}

/** Prose of the catalogue with a full stop. */
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

export interface Summary {
  readonly files: number;
  readonly split: number;
  readonly renamed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly failed: number;
  /** Splits that rest on an assumption. */
  readonly assumed: number;
}

export function summarize(reports: readonly FileReport[]): Summary {
  const count = (outcome: Outcome['outcome']): number =>
    reports.filter((report) => report.outcome.outcome === outcome).length;
  return {
    files: reports.length,
    split: count('split'),
    renamed: count('renamed'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    failed: count('failed'),
    assumed: reports.filter((report) => report.outcome.outcome === 'split' && assumptionsOf(report).length > 0).length,
  };
}
