import { isWithin } from '../syntax/paths.ts';
import type { WriteRecord } from './records.ts';
import type { Understanding } from './understand.ts';

/**
 * The folder that the container starts in, where it lies among fetched sources and nothing else put it there: what the
 * program reads from there was fetched with it.
 */
export function fetchedFolder(
  { class: kind, path }: WriteRecord,
  records: readonly WriteRecord[],
  { final: { workdir } }: Understanding,
): string | null {
  if (kind !== 'cache' || workdir === null || workdir === path || !isWithin(workdir, path)) return null;
  const known = records.some(
    (other) =>
      // A folder that is only made holds nothing.
      (/^(context|data|in-place)$/.test(other.class) && other.tree && isWithin(workdir, other.path)) ||
      (other.class === 'context' && isWithin(other.path, workdir)),
  );
  return known ? null : workdir;
}
