import {
  type ChangeObject,
  createTwoFilesPatch,
  diffLines,
  formatPatch,
  type StructuredPatch,
  type StructuredPatchHunk,
} from 'diff';

/** Edits that are searched for the shortest way; what differs more is shown as one block. Their square is the cost. */
const MOST_EDITS = 2_000;
const CONTEXT = 3;
/** Characters of a text that is compared line by line. */
const MOST_CHARACTERS = 1 << 18;

const isLong = (text: string): boolean => text.length > MOST_CHARACTERS;

/** A unified diff that `git apply` takes, '' for equal texts. `path` is relative to the repository. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const shortest = isLong(before)
    ? undefined
    : createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
        context: CONTEXT,
        maxEditLength: MOST_EDITS,
      });
  const patch = shortest ?? formatPatch(blockPatch(path, before, after));
  return patch.replace(/^={3,}\n/, '').replace(/^(--- [^\t\n]*)\t\n(\+\+\+ [^\t\n]*)\t\n/, '$1\n$2\n');
}

/** Everything between the first and the last line that differ, as one hunk. */
function blockPatch(path: string, before: string, after: string): StructuredPatch {
  const [old, now] = [linesOf(before), linesOf(after)];
  const { head, tail } = commonEnds(old, now);
  const [above, below] = [Math.max(head - CONTEXT, 0), Math.max(tail - CONTEXT, 0)];
  const shown = (lines: readonly string[], from: number, to: number, sign: string): string[] =>
    lines
      .slice(from, to)
      .flatMap((line) =>
        line.endsWith('\n') ? [sign + line.slice(0, -1)] : [sign + line, '\\ No newline at end of file'],
      );
  const hunk: StructuredPatchHunk = {
    oldStart: above + 1,
    oldLines: old.length - below - above,
    newStart: above + 1,
    newLines: now.length - below - above,
    lines: [
      ...shown(old, above, head, ' '),
      ...shown(old, head, old.length - tail, '-'),
      ...shown(now, head, now.length - tail, '+'),
      ...shown(old, old.length - tail, old.length - below, ' '),
    ],
  };
  return {
    oldFileName: `a/${path}`,
    newFileName: `b/${path}`,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: [hunk],
  };
}

/** How many lines two texts have in common at their start and, behind that, at their end. */
function commonEnds(old: readonly string[], now: readonly string[]): { head: number; tail: number } {
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  return { head, tail };
}

/** The lines of a text with their line breaks. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/);

/** Whole lines that another text takes the place of; `line` counts from 1, and nothing is removed where `removed` is 0. */
export interface LineChange {
  readonly line: number;
  readonly removed: number;
  readonly added: string;
}

/** The changes that make one text of another. A line has its line break with it. */
export function lineChanges(before: string, after: string): LineChange[] {
  const changes: LineChange[] = [];
  let line = 1;
  let open: LineChange | null = null;
  for (const { added = false, removed = false, value, count = 0 } of changesOf(before, after)) {
    if (!added && !removed) {
      if (open !== null) changes.push(open);
      open = null;
      line += count;
      continue;
    }
    open ??= { line, removed: 0, added: '' };
    if (removed) {
      open = { ...open, removed: open.removed + count };
      line += count;
    } else open = { ...open, added: open.added + value };
  }
  return open === null ? changes : [...changes, open];
}

/** The parts of two texts; where they differ too much, one block. */
function changesOf(before: string, after: string): readonly ChangeObject<string>[] {
  const found = isLong(before) ? undefined : diffLines(before, after, { maxEditLength: MOST_EDITS });
  if (found !== undefined) return found;
  const [old, now] = [linesOf(before), linesOf(after)];
  const { head, tail } = commonEnds(old, now);
  const part = (lines: readonly string[], from: number, added: boolean, removed: boolean): ChangeObject<string> => {
    const own = lines.slice(from, lines.length - tail);
    return { value: own.join(''), count: own.length, added, removed };
  };
  const same = old.slice(0, head);
  return [
    { value: same.join(''), count: head, added: false, removed: false },
    part(old, head, false, true),
    part(now, head, true, false),
  ];
}
