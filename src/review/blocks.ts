import type { Placement } from '../outcome.ts';
import type { ReviewDetail } from '../report/review-data.ts';

/** Consecutive lines of the new file that were consecutive in the old one. Lines count from 1, both ends included. */
export interface Block {
  readonly old: readonly [first: number, last: number];
  readonly new: readonly [first: number, last: number];
  readonly side: Side;
}

/** Where a line stands, as the colours tell it; `none` belongs to no stage of the split. */
export type Side = Placement | 'none';

/** The side of every line of the new file. */
export function newSides({ text, stages }: ReviewDetail): readonly Side[] {
  const count = (text ?? '').split('\n').length;
  return Array.from({ length: count }, (_, index) => {
    const stage = stages.findLast(({ line }) => line <= index + 1);
    return stage === undefined || stage.role === 'other' ? 'none' : stage.role;
  });
}

/** The side of every line of the old file: where it went. A line that went into both stages is in both. */
export function oldSides({ original, origins }: ReviewDetail, sides: readonly Side[]): readonly Side[] {
  const found: Side[] = original.split('\n').map(() => 'none');
  for (const [index, origin] of origins.entries()) {
    const side = sides[index] ?? 'none';
    const known = found[origin - 1];
    if (known !== undefined && side !== 'none') found[origin - 1] = known === 'none' || known === side ? side : 'both';
  }
  // A blank line goes with what stands above it: it means nothing that a colour of its own could tell.
  for (const [index, line] of original.split('\n').entries())
    if (index > 0 && line.trim() === '') found[index] = found[index - 1] ?? 'none';
  return found;
}

/** What moved where, as few blocks as there are. Blank lines alone are none. */
export function blocksOf(detail: ReviewDetail, sides: readonly Side[]): readonly Block[] {
  const { origins } = detail;
  const lines = detail.original.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < origins.length; at++) {
    const first = at;
    const origin = origins[at] ?? 0;
    if (origin === 0) continue;
    while (origins[at + 1] === (origins[at] ?? 0) + 1 && sides[at + 1] === sides[at]) at++;
    const old = [origin, origins[at] ?? origin] as const;
    if (lines.slice(old[0] - 1, old[1]).every((line) => line.trim() === '')) continue;
    blocks.push({ old, new: [first + 1, at + 1], side: sides[first] ?? 'none' });
  }
  return blocks;
}
