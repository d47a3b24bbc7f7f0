import { catalogue, type RenderedDiagnostic } from '../diagnostics/catalogue.ts';
import type { ArtifactReport, Outcome, Reason, Rename, StepReport } from '../outcome.ts';
import { parse } from '../syntax/parse.ts';
import { assumptionsOf, baseSizes, type FileReport, mainFinding } from './file-report.ts';

/** One file in the overview of the html report. */
export interface ReviewEntry {
  readonly path: string;
  readonly outcome: Outcome['outcome'];
  readonly written: boolean;
  /** Codes of the assumptions that a split rests on. */
  readonly assumptions: readonly string[];
  /** The image it builds on, and the one the container runs on. */
  readonly images: readonly [build: string, runtime: string] | null;
  /** Why it was left alone. */
  readonly because: { readonly code: string; readonly name: string; readonly message: string } | null;
  /** Bytes of the images, where both are known. */
  readonly sizes: { readonly before: number; readonly after: number } | null;
  /** Compressed bytes of the base images alone, where the table has both. */
  readonly bases: { readonly before: number; readonly after: number } | null;
}

/** What the catalogue says of a code of the report. */
export interface ReviewCode {
  readonly code: string;
  readonly name: string;
  readonly help: string;
}

/** Which part a stage of the new file has in the split. */
export type Role = 'build' | 'runtime' | 'other';

/** A step whose reasons stand in the table of the report: the same ones stand behind thousands of steps. */
export interface ReviewStep extends Omit<StepReport, 'because'> {
  readonly because: readonly number[];
}

/** What the page of one file shows; read when it is opened. */
export interface ReviewDetail {
  readonly context: string | null;
  readonly original: string;
  readonly text: string | null;
  /** For every line of `text` the line it was, 0 for a new one. */
  readonly origins: readonly number[];
  /** Why a line is new or reads differently, by its number. */
  readonly whys: Readonly<Record<number, string>>;
  /** The line each stage of `text` begins on. */
  readonly stages: readonly { readonly line: number; readonly role: Role }[];
  readonly steps: readonly ReviewStep[];
  readonly artifacts: readonly ArtifactReport[];
  readonly renames: readonly Rename[];
  readonly diagnostics: readonly RenderedDiagnostic[];
}

/** The overview: small, whatever the files hold. */
export function reviewEntry(report: FileReport): ReviewEntry {
  const { outcome, build, runtime } = report.outcome;
  const finding = outcome === 'split' || outcome === 'renamed' ? undefined : mainFinding(report);
  return {
    path: report.path,
    outcome,
    written: report.written,
    assumptions: outcome === 'split' ? assumptionsOf(report) : [],
    images: build === null || runtime === null ? null : [build.image, runtime.image],
    because: finding === undefined ? null : { code: finding.code, name: finding.name, message: finding.message },
    sizes: report.sizes ?? null,
    bases: outcome === 'split' && report.sizes === undefined ? baseSizes(report.outcome) : null,
  };
}

/** Every reason of the report once, and its place in the table. */
export function reviewReasons(reports: readonly FileReport[]): {
  readonly table: readonly Reason[];
  readonly placeOf: (reason: Reason) => number;
} {
  const places = new Map<string, number>();
  const table: Reason[] = [];
  const key = (reason: Reason): string => JSON.stringify(reason);
  for (const reason of reports.flatMap(({ outcome }) => outcome.steps.flatMap((step) => step.because)))
    if (!places.has(key(reason))) places.set(key(reason), table.push(reason) - 1);
  return { table, placeOf: (reason) => places.get(key(reason)) ?? -1 };
}

export function reviewDetail(report: FileReport, placeOf: (reason: Reason) => number): ReviewDetail {
  const { text, lines, steps, artifacts, renames } = report.outcome;
  const whys = lines.flatMap(({ why }, index): [number, string][] => (why === null ? [] : [[index + 1, why]]));
  return {
    context: report.context,
    original: report.original,
    text,
    origins: lines.map(({ from }) => from ?? 0),
    whys: Object.fromEntries(whys),
    stages: stagesOf(report.outcome),
    steps: steps.map((step) => ({ ...step, because: step.because.map(placeOf) })),
    artifacts,
    renames,
    diagnostics: report.diagnostics,
  };
}

/** The build stage has its name; the runtime stage is the one behind it. */
function stagesOf({ outcome, text, build }: Outcome): ReviewDetail['stages'] {
  if (outcome !== 'split' || text === null) return [];
  const { stages } = parse(text);
  const at = stages.findLastIndex(({ name }) => name === build?.name);
  return stages.map(({ from, index }) => ({
    line: from.line,
    role: index === at ? 'build' : index === at + 1 ? 'runtime' : 'other',
  }));
}

/** The catalogue as far as the files need it; holes in its prose are filled on the pages of the files. */
export function reviewCodes(reports: readonly FileReport[]): readonly ReviewCode[] {
  const used = new Set(reports.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)));
  return catalogue.filter(({ code }) => used.has(code)).map(({ code, name, help }) => ({ code, name, help }));
}
