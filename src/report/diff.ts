import { createTwoFilesPatch } from 'diff';

/** A unified diff that `git apply` takes, '' for equal texts. `path` is relative to the repository. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 });
  return patch
    .replace(/^={3,}\n/, '')
    .replace(/^(--- [^\t\n]*)\t\n/m, '$1\n')
    .replace(/^(\+\+\+ [^\t\n]*)\t\n/m, '$1\n');
}
