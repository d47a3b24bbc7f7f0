import type { ImageFiles } from '../knowledge/ecosystem.ts';
import type { BuildContext } from '../syntax/build-context.ts';
import { globMatcher } from '../syntax/glob.ts';
import { baseName, isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';

/** Where something of the context, or a heredoc, lies in the image. */
export type Mapping =
  | { readonly kind: 'content'; readonly path: string; readonly text: string }
  | { readonly kind: 'folder'; readonly path: string; readonly source: string }
  /** `missing`: the context does not have it. */
  | { readonly kind: 'file'; readonly path: string; readonly source: string; readonly missing: boolean };

/**
 * What `cp`, `mv` and `ln` make readable at another place: the file or folder of the build context that lies at `from`.
 * Files with a known text that lie below it come along.
 */
export function mappedAt(
  from: string,
  to: string,
  mappings: readonly Mapping[],
  context: BuildContext | null,
): readonly Mapping[] {
  const below = mappings.flatMap((mapping) =>
    mapping.kind === 'content' && mapping.path !== from && isWithin(mapping.path, from)
      ? [{ ...mapping, path: resolvePath(to, `.${mapping.path.slice(from.length)}`) }]
      : [],
  );
  for (const mapping of mappings.toReversed()) {
    if (mapping.path === from) return [{ ...mapping, path: to }, ...below];
    if (mapping.kind !== 'folder' || !isWithin(from, mapping.path)) continue;
    const source = resolvePath(
      `/${mapping.source}`,
      from.slice(mapping.path === '/' ? 1 : mapping.path.length + 1),
    ).slice(1);
    const kind = context?.kind(source) ?? null;
    if (kind !== null)
      return [kind === 'folder' ? { kind, path: to, source } : { kind, path: to, source, missing: false }, ...below];
  }
  return below;
}

/** A folder of which no more is looked through than this. */
const MOST_NAMES = 500;

/** The same of `cp from/*.sh to`: patterns in the last part of the name alone. */
export function matchesMappedAt(
  pattern: string,
  to: string,
  mappings: readonly Mapping[],
  context: BuildContext | null,
): readonly Mapping[] {
  const folder = parentFolder(pattern);
  const into = resolvePath('/', to);
  if (/[*?[]/.test(folder)) return [];
  if (baseName(pattern) === '*') return mappedAt(folder, into, mappings, context);
  const matches = globMatcher(baseName(pattern), '*?[');
  return (imageFiles(mappings, context).list(folder) ?? [])
    .slice(0, MOST_NAMES)
    .map((name) => name.replace(/\/$/, ''))
    .filter((name) => !name.startsWith('.') && matches(name))
    .flatMap((name) => mappedAt(resolvePath(folder, name), resolvePath(into, name), mappings, context));
}

/** Reads image paths through the COPY instructions seen so far; the latest one wins. */
export function imageFiles(mappings: readonly Mapping[], context: BuildContext | null): ImageFiles {
  const below = (mapping: Mapping & { source: string }, path: string): string =>
    resolvePath(`/${mapping.source}`, path.slice(mapping.path === '/' ? 1 : mapping.path.length + 1)).slice(1);
  return {
    read(path) {
      for (const mapping of mappings.toReversed()) {
        if (mapping.kind === 'content') {
          if (mapping.path === path) return mapping.text;
        } else if (mapping.kind === 'file') {
          if (mapping.path === path) return context?.read(mapping.source) ?? null;
        } else if (isWithin(path, mapping.path) && path !== mapping.path) {
          const text = context?.read(below(mapping, path)) ?? null;
          if (text !== null) return text;
        }
      }
      return null;
    },
    list(folder) {
      const lists: (readonly string[])[] = [];
      for (const mapping of mappings) {
        if (mapping.kind === 'folder' && isWithin(folder, mapping.path)) {
          const source = folder === mapping.path ? mapping.source : below(mapping, folder);
          const names = context?.list(source) ?? null;
          if (names !== null) lists.push(names);
        } else if (mapping.path !== folder && resolvePath(mapping.path, '..') === folder)
          lists.push([`${baseName(mapping.path)}${mapping.kind === 'folder' ? '/' : ''}`]);
      }
      // A context's list is sorted already.
      return lists.length > 1 ? [...new Set(lists.flat())].sort() : (lists[0] ?? null);
    },
  };
}
