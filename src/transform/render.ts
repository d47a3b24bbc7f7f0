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
  for (const [index, piece] of pieces.entries()) {
    const next = piece.kind === 'original' ? text.slice(piece.span.start, piece.span.end) : piece.text;
    const continues = piece.kind === 'new' && piece.text.startsWith(' ');
    const fromLine = piece.kind === 'original' && index === 2;
    if (next !== '' && out !== '' && !out.endsWith('\n') && !continues && !fromLine) out += eol;
    if (next !== '') placed.push({ start: out.length, end: out.length + next.length, piece });
    out += next;
  }
  const body = withoutBlankLines(out);
  if (!text.endsWith('\n')) out = out.slice(0, lastBreaks(out));
  else if (body < out.length && withoutBlankLines(text) === text.length) out = out.slice(0, body);
  else if (!out.endsWith('\n')) out += eol;
  return { text: out, placed };
}

/** Where the line breaks at the end of a text begin. */
function lastBreaks(text: string): number {
  let at = text.length;
  while (at > 0 && text[at - 1] === '\n') at -= text[at - 2] === '\r' ? 2 : 1;
  return at;
}

/** The length of a text without the blank lines at its end: behind the line break of its last line. */
function withoutBlankLines(text: string): number {
  let end = text.length;
  for (;;) {
    if (text[end - 1] !== '\n') return end;
    let start = end - 1;
    while (start > 0 && /[ \t\r]/.test(text[start - 1] as string)) start--;
    if (start === 0 || text[start - 1] !== '\n') return end;
    end = start;
  }
}
