import type { RenderedDiagnostic } from '../diagnostics/catalogue.ts';
import { assumptionsOf, baseSizes, type FileReport, type Summary } from './file-report.ts';

/** What one file adds to the summary: small, so that a run over many files need not keep their reports. */
export interface FileTally {
  readonly outcome: FileReport['outcome']['outcome'];
  readonly assumed: boolean;
  /** One finding for every code that kept it from being split, and for every assumption. */
  readonly blockers: readonly Finding[];
  readonly assumptions: readonly Finding[];
  /** Bytes of both images, where an engine has built them. */
  readonly sizes?: Sizes;
  /** Compressed bytes of the base images alone, where the table has both. */
  readonly bases?: Sizes;
}

type Sizes = NonNullable<FileReport['sizes']>;

type Finding = Pick<RenderedDiagnostic, 'code' | 'name' | 'help'>;

/** A code with the number of files that have it and the remedy. */
export interface Counted extends Finding {
  readonly files: number;
}

/** The summary of a run, with what stands in the way most often. */
export interface RunSummary extends Summary {
  readonly refusals: readonly Counted[];
  readonly assumptions: readonly Counted[];
  /** The images that an engine has built, in bytes. */
  readonly measured: Sum;
  /** The base images of splits, compressed, as far as their sizes are known. */
  readonly bases: Sum;
}

interface Sum extends Sizes {
  readonly files: number;
}

export function tallyOf(report: FileReport): FileTally {
  const { outcome } = report.outcome;
  // What was measured needs no estimate.
  const bases = report.sizes === undefined ? baseSizes(report.outcome) : null;
  const of = (severity: RenderedDiagnostic['severity']): Finding[] => {
    const found = report.diagnostics.filter((one) => one.severity === severity);
    return found
      .filter((one, index) => found.findIndex((other) => other.code === one.code) === index)
      .map(({ code, name, help }) => ({ code, name, help }));
  };
  return {
    outcome,
    assumed: outcome === 'split' && assumptionsOf(report).length > 0,
    blockers: outcome === 'refused' ? of('blocker') : [],
    assumptions: of('assumption'),
    ...(report.sizes === undefined ? {} : { sizes: report.sizes }),
    ...(bases === null ? {} : { bases }),
  };
}

export const emptySummary: RunSummary = {
  files: 0,
  split: 0,
  renamed: 0,
  unchanged: 0,
  refused: 0,
  failed: 0,
  assumed: 0,
  refusals: [],
  assumptions: [],
  measured: { files: 0, before: 0, after: 0 },
  bases: { files: 0, before: 0, after: 0 },
};

/** The summary with one more file in it; the codes that most files have stand first. */
export function withTally(summary: RunSummary, tally: FileTally): RunSummary {
  return {
    ...summary,
    files: summary.files + 1,
    [tally.outcome]: summary[tally.outcome] + 1,
    assumed: summary.assumed + (tally.assumed ? 1 : 0),
    refusals: counted(summary.refusals, tally.blockers),
    assumptions: counted(summary.assumptions, tally.assumptions),
    measured: withSizes(summary.measured, tally.sizes),
    bases: withSizes(summary.bases, tally.bases),
  };
}

function withSizes(sum: Sum, sizes: Sizes | undefined): Sum {
  if (sizes === undefined) return sum;
  return { files: sum.files + 1, before: sum.before + sizes.before, after: sum.after + sizes.after };
}

function counted(before: readonly Counted[], findings: readonly Finding[]): readonly Counted[] {
  if (findings.length === 0) return before;
  const all = new Map(before.map((one) => [one.code, one]));
  for (const finding of findings) {
    const known = all.get(finding.code);
    all.set(finding.code, { ...(known ?? finding), files: (known?.files ?? 0) + 1 });
  }
  return [...all.values()].sort((a, b) => b.files - a.files || (a.code < b.code ? -1 : 1));
}
