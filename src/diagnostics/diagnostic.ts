import type { Span } from '../syntax/document.ts';

/** `blocker`: why a file was refused. `assumption`: a split rests on it. `note`: good to know. `error`: why it failed. */
export type Severity = 'blocker' | 'assumption' | 'note' | 'error';

/** What the catalogue says of a code. `{name}` in message and help is filled from the arguments. */
export interface CatalogueEntry {
  /** DF1xx syntax, 2xx understanding, 3xx classification, 4xx plan, 5xx self-check, 6xx engine. Never reused. */
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  /** What the author can do. */
  readonly help: string;
  /** What `{reason}` and `{remedy}` say, by the argument `why`. */
  readonly reasons?: Readonly<Record<string, { readonly reason: string; readonly remedy: string }>>;
  /** A Dockerfile excerpt that shows it, for `dfsplit rules CODE`. */
  readonly example: string;
}

/** One finding. Prose lives in the catalogue alone. */
export interface Diagnostic {
  readonly code: string;
  readonly args: Readonly<Record<string, string>>;
  readonly span: Span;
}
