import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What `verify` compares, in this order. */
export const CHECKS = ['configuration', 'files', 'programs', 'behaviour', 'size'] as const;
export type Check = (typeof CHECKS)[number];

/** One coded result of a comparison with both values; null where there is none on that side. */
export interface Finding extends Diagnostic {
  readonly check: Check;
  readonly before: string | null;
  readonly after: string | null;
}

const NOWHERE = { start: 0, end: 0 };

/** A finding that belongs to no line of the file. */
export function finding(
  check: Check,
  code: string,
  args: Readonly<Record<string, string>>,
  before: string | null = null,
  after: string | null = null,
): Finding {
  const shown = { before: before ?? 'nothing', after: after ?? 'nothing' };
  return { check, code, span: NOWHERE, args: { ...shown, ...args }, before, after };
}
