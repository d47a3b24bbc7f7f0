import { harmless } from '../report/harmless.ts';
import type { ReviewDetail } from '../report/review-data.ts';

/** The line that the reader has chosen. */
export interface Place {
  readonly pane: 'old' | 'new';
  readonly line: number;
}

/** The lines of a text as they are shown: without line ends, with nothing in them that the page obeys. */
export const linesOf = (text: string): readonly string[] =>
  text
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map(harmless);

/** The lines of the other pane that are the chosen one. */
export function linkedLines({ origins }: ReviewDetail, { pane, line }: Place): readonly number[] {
  if (pane === 'old') return origins.flatMap((origin, index) => (origin === line ? [index + 1] : []));
  const origin = origins[line - 1] ?? 0;
  return origin > 0 ? [origin] : [];
}
