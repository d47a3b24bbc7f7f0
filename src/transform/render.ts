import type { SplitPlan } from '../analyze/plan.ts';
import { type Piece, textOf } from './rewrite.ts';

/** The output, and where in it each piece that shows begins. */
export interface Rendering {
  readonly text: string;
  readonly placed: readonly { readonly start: number; readonly end: number; readonly piece: Piece }[];
}

/** How many pieces make up the line of FROM, with what stands in front of it. */
const FROM_LINE = 3;

/** The text of the pieces; every line that a piece ends gets its line break, and the last one only if the input had it. */
export function render(pieces: readonly Piece[], plan: SplitPlan): Rendering {
  const { text, eol } = plan.understanding.document;
  let out = '';
  const placed: Rendering['placed'][number][] = [];
  for (const [index, piece] of pieces.entries()) {
    const next = textOf(piece, plan);
    if (next === '') continue;
    if (index >= FROM_LINE && !out.endsWith('\n')) out += eol;
    placed.push({ start: out.length, end: out.length + next.length, piece });
    out += next;
  }
  return { text: text.endsWith('\n') ? out : out.replace(/\r?\n$/, ''), placed };
}
