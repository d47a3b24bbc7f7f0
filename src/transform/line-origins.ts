import type { LineOrigin } from '../outcome.ts';
import { lineCounter } from '../syntax/lines.ts';
import type { Edit } from './edits.ts';
import type { Rendering } from './render.ts';
import { installReason } from './rewrite.ts';

/** A line is made of few: FROM with its new name is three. */
const MOST_PIECES = 8;

const linesOf = (text: string): string[] => text.split(/\r?\n/);

/**
 * For every line of a split's output, the line of the input that it was, or why it is new. `input` has its names already,
 * `named` says which of its lines they changed.
 */
export function lineOrigins(
  input: string,
  { text, placed }: Rendering,
  named: readonly LineOrigin[] = [],
): LineOrigin[] {
  const before = linesOf(input);
  const lineOf = lineCounter(input);
  let start = 0;
  let at = 0;
  const because = (from: number, why: string | null | undefined): LineOrigin => ({
    from,
    why: why ?? named[from - 1]?.why ?? null,
  });
  // The first line of each text in an instruction that is copied: read once for all its lines.
  const twins = new Map<number, ReadonlyMap<string, number>>();
  const twinsOf = (piece: number, first: number, last: number): ReadonlyMap<string, number> => {
    const known = twins.get(piece);
    if (known !== undefined) return known;
    const found = new Map<string, number>();
    for (let at = last; at >= first; at--) found.set(before[at - 1] ?? '', at);
    twins.set(piece, found);
    return found;
  };
  return text.split('\n').map((raw) => {
    const [from, to] = [start, start + raw.length + 1];
    start = to;
    while (at < placed.length && (placed[at]?.end ?? 0) <= from) at++;
    const here = placed.slice(at, at + MOST_PIECES).filter((one) => one.start < to);
    const line = raw.replace(/\r$/, '');
    const why = here.map(({ piece }) => (piece.kind === 'new' ? piece.reason : null)).find((reason) => reason !== null);
    const old = here.find(({ piece }) => piece.kind !== 'new');
    if (old === undefined || old.piece.kind === 'new') return { from: null, why: why ?? null };
    const first = lineOf(old.piece.span.start);
    if (old.piece.kind === 'original')
      return because(lineOf(old.piece.span.start + Math.max(from - old.start, 0)), why);
    const last = lineOf(Math.max(old.piece.span.end - 1, old.piece.span.start));
    const words = new Set(line.split(/\s+/));
    const added = old.piece.kind === 'copy' ? (old.piece.added ?? []).filter((name) => words.has(name)) : [];
    const twin = twinsOf(old.piece.span.start, first, last).get(line);
    return twin !== undefined
      ? because(twin, null)
      : because(
          nearest(before, first, last, line),
          added.length > 0 ? installReason(added) : 'reduced to what the container needs',
        );
  });
}

/** Lines of an instruction that are compared with each other. */
const MOST_COMPARED = 500;

/** The line of a shortened instruction that has most of its words. */
function nearest(before: readonly string[], first: number, last: number, line: string): number {
  const words = new Set(line.split(/\s+/));
  const shared = (text: string): number => text.split(/\s+/).filter((word) => word !== '' && words.has(word)).length;
  let best = first;
  if (last - first > MOST_COMPARED) return first;
  for (let at = first; at <= last; at++) if (shared(before[at - 1] ?? '') > shared(before[best - 1] ?? '')) best = at;
  return best;
}

/** The lines of a file in which only names were edited: none comes or goes. */
export function editedLines(input: string, edits: readonly Edit[]): LineOrigin[] {
  const lineOf = lineCounter(input);
  const reasons = new Map(edits.map((edit) => [lineOf(edit.span.start), edit.reason]));
  return linesOf(input).map((_, index) => ({ from: index + 1, why: reasons.get(index + 1) ?? null }));
}
