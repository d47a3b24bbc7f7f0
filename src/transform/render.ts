import type { SplitPlan } from '../analyze/plan.ts';
import type { Piece } from './rewrite.ts';

/** The output, and where in it each piece that shows begins. */
export interface Rendering {
  readonly text: string;
  readonly placed: readonly { readonly start: number; readonly end: number; readonly piece: Piece }[];
}

/** The text of the pieces; every line that a piece ends gets its line break, and the last one only if the input had it. */
export function render(pieces: readonly Piece[], plan: SplitPlan): Rendering {
  const { text, eol } = plan.understanding.document;
  let out = '';
  const placed: Rendering['placed'][number][] = [];
  for (const piece of pieces) {
    const next = piece.kind === 'original' ? text.slice(piece.span.start, piece.span.end) : piece.text;
    const continues = piece.kind === 'new' && piece.text.startsWith(' ');
    const fromLine = piece.kind === 'original' && pieces.indexOf(piece) === 2;
    if (next !== '' && out !== '' && !out.endsWith('\n') && !continues && !fromLine) out += eol;
    if (next !== '') placed.push({ start: out.length, end: out.length + next.length, piece });
    out += next;
  }
  out = out.replace(/(\r?\n)(?:[ \t]*\r?\n)+$/, (match, first: string) =>
    /(\r?\n)(?:[ \t]*\r?\n)+$/.test(text) ? match : first,
  );
  out = text.endsWith('\n') ? (out.endsWith('\n') ? out : out + eol) : out.replace(/(\r?\n)+$/, '');
  return { text: out, placed };
}
