import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { OwnKnowledge } from './knowledge/own.ts';
import type { Limits } from './syntax/limits.ts';

/** One fact behind a placement. `line` counts from 1 in the original file, where the fact rests on another line or file. */
export interface Reason {
  /** What the evidence proves, in kebab case: `compiles-artifact`, `installs-toolchain`, `base-configuration` … */
  readonly rule: string;
  /** The knowledge entry: `ecosystems/go#build`. */
  readonly entry: string;
  readonly certainty: 'stated' | 'known' | 'assumed';
  /** A short sentence for a person: `compiles /bin/server`. */
  readonly says: string;
  /** For what stays: what would have to be known to let it go. */
  readonly unless?: string;
}

/** A smaller image that was not taken, and what stands in its way; the catalogue has the words. */
export interface PassedImage {
  readonly image: string;
  readonly why: string;
  readonly what: string;
}

export type Placement = 'build' | 'runtime' | 'both' | 'undecided';

export interface StepReport {
  readonly line: number;
  /** First and last line of the command itself, which is one of several in a long RUN. */
  readonly lines: readonly [first: number, last: number];
  readonly text: string;
  readonly placement: Placement;
  readonly because: readonly Reason[];
}

export interface ArtifactReport {
  readonly from: string;
  readonly to: string;
  /** Line of the step that wrote it. */
  readonly writer: number;
  /** Why it is carried over: `is built here`. */
  readonly why: string;
  /** Lines of the instructions that need it. */
  readonly readers: readonly number[];
}

/** A changed stage reference; `path` names another file of the context (compose, bake) that has to follow by hand. */
export interface Rename {
  readonly line: number;
  readonly was: string;
  readonly becomes: string;
}

/** Where a line of the new file comes from. */
export interface LineOrigin {
  /** The line of the original file; null for a new line. */
  readonly from: number | null;
  /** Why it is new or reads differently; null where it stands as it was. */
  readonly why: string | null;
}

/** What dfsplit made of one Dockerfile. */
export interface Outcome {
  readonly outcome: 'split' | 'renamed' | 'unchanged' | 'refused' | 'failed';
  readonly build: { readonly name: string; readonly image: string } | null;
  readonly runtime: { readonly name: string | null; readonly image: string } | null;
  /** Smaller images that were looked at first, the smallest first. */
  readonly passed: readonly PassedImage[];
  readonly stages: readonly (string | null)[];
  readonly steps: readonly StepReport[];
  readonly artifacts: readonly ArtifactReport[];
  readonly renames: readonly Rename[];
  readonly diagnostics: readonly Diagnostic[];
  /** The whole new file, for `split` and `renamed`; otherwise null. */
  readonly text: string | null;
  /** Every line of `text` in order; empty where there is none. */
  readonly lines: readonly LineOrigin[];
}

/** A file that was looked at and left alone. */
export const nothingDone: Outcome = {
  outcome: 'unchanged',
  build: null,
  runtime: null,
  passed: [],
  stages: [],
  steps: [],
  artifacts: [],
  renames: [],
  diagnostics: [],
  text: null,
  lines: [],
};

/** What the caller may choose. */
export interface SplitOptions {
  /** The stage to split, a name or an index; null is the last. */
  readonly target: string | null;
  /** `auto`, `same`, `slim`, `distroless`, `scratch`, or an image reference. */
  readonly runtime: string;
  readonly allowImages: readonly string[];
  readonly stageName: string;
  readonly runtimeName: string | null;
  readonly renameOnly: boolean;
  /** Adds a check to the file that fails the build where a library is missing. */
  readonly guard?: boolean;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** What to take on at most; the defaults are in `syntax/limits.ts`. */
  readonly limits?: Partial<Limits>;
  /** What the caller knows of images, commands and packages of their own. */
  readonly own?: OwnKnowledge;
}

/** The choices of a run that names none. */
export const defaultOptions: SplitOptions = {
  target: null,
  runtime: 'auto',
  allowImages: ['docker.io/library/*', 'gcr.io/distroless/*', 'mcr.microsoft.com/*'],
  stageName: 'build',
  runtimeName: null,
  renameOnly: false,
  buildArgs: {},
};
