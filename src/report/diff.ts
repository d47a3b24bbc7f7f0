import { createTwoFilesPatch, diffLines } from 'diff';

/** A unified diff that `git apply` takes, '' for equal texts. `path` is relative to the repository. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 });
  return patch
    .replace(/^={3,}\n/, '')
    .replace(/^(--- [^\t\n]*)\t\n/m, '$1\n')
    .replace(/^(\+\+\+ [^\t\n]*)\t\n/m, '$1\n');
}

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
  for (const { added = false, removed = false, value, count = 0 } of diffLines(before, after)) {
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
