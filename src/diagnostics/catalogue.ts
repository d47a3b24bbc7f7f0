import { lineColumn } from '../syntax/lines.ts';
import { syntaxProblems } from '../syntax/problems.ts';
import { authorEntries } from './author.ts';
import { checkEntries } from './check.ts';
import { classificationEntries } from './classification.ts';
import type { CatalogueEntry, Diagnostic, Severity } from './diagnostic.ts';
import { engineEntries } from './engine.ts';
import { planEntries } from './plan.ts';
import { understandingEntries } from './understanding.ts';

/** Every code there is, by number. */
export const catalogue: readonly CatalogueEntry[] = [
  ...syntaxProblems,
  ...understandingEntries,
  ...classificationEntries,
  ...authorEntries,
  ...planEntries,
  ...checkEntries,
  ...engineEntries,
];

const byCode = new Map(catalogue.map((entry) => [entry.code, entry]));

/** The entry of a code. Throws for a code that is not in the catalogue: that is our own bug. */
export function entryFor(code: string): CatalogueEntry {
  const entry = byCode.get(code);
  if (entry === undefined) throw new Error(`${code} is not in the catalogue`);
  return entry;
}

/** A diagnostic in words. Lines and columns count from 1. */
export interface RenderedDiagnostic {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly help: string;
}

/** Fills the entry's prose with the arguments. */
export function render(diagnostic: Diagnostic, text: string): RenderedDiagnostic {
  const { code, name, severity, message, help, reasons } = entryFor(diagnostic.code);
  const chosen: Readonly<Record<string, string>> = reasons?.[diagnostic.args.why ?? ''] ?? {};
  const fill = (prose: string): string =>
    prose.replace(/\{(\w+)\}/g, (hole, key: string) =>
      chosen[key] === undefined ? (diagnostic.args[key] ?? hole) : fill(chosen[key]),
    );
  return { code, name, severity, ...lineColumn(text, diagnostic.span.start), message: fill(message), help: fill(help) };
}
