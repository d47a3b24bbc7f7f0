import { globMatcher } from '../../syntax/glob.ts';
import { resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { type Manifest, readJson, readManifest } from './manifest.ts';

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** Patterns of the folders that hold packages: https://docs.npmjs.com/cli/using-npm/workspaces, https://pnpm.io/pnpm-workspace_yaml */
function patternsOf(root: string, files: ImageFiles): readonly string[] {
  const { workspaces } = readManifest(root, files) ?? {};
  const named = strings(workspaces);
  const grouped = strings((workspaces as { packages?: unknown } | undefined)?.packages);
  const lerna = strings(readJson(files.read(resolvePath(root, 'lerna.json')))?.packages);
  const workspace = files.read(resolvePath(root, 'pnpm-workspace.yaml')) ?? '';
  const listed = /^packages:[ \t]*\r?\n((?:[ \t]*(?:[-#].*)?\r?(?:\n|$))+)/m.exec(workspace)?.[1] ?? '';
  const inline = /^packages:[ \t]*\[([^[\]\r\n]*)\]/m.exec(workspace)?.[1] ?? '';
  const pnpm = [...listed.matchAll(/^[ \t]*-[ \t]*['"]?([^'"\s#]+)/gm), ...inline.matchAll(/([^'"\s,]+)/g)].map(
    (match) => match[1] as string,
  );
  return [...named, ...grouped, ...lerna, ...pnpm];
}

/** True where the folder is the root of a workspace: its packages have folders of dependencies of their own. */
export const isWorkspace = (root: string, files: ImageFiles): boolean =>
  patternsOf(root, files).length > 0 || files.read(resolvePath(root, 'lerna.json')) !== null;

/** The packages of a workspace, as far as they lie in the context. */
export function workspacePackages(
  root: string,
  files: ImageFiles,
): readonly { readonly folder: string; readonly name: string; readonly manifest: Manifest }[] {
  const folders = new Set<string>();
  for (const pattern of patternsOf(root, files)) {
    if (pattern.startsWith('!')) continue;
    let found = [root];
    for (const part of pattern.split('/').filter((one) => one !== '' && one !== '.')) {
      const matches = globMatcher(part);
      found = found.flatMap((folder) =>
        (files.list(folder) ?? [])
          .filter((name) => name.endsWith('/') && name !== 'node_modules/' && matches(name.slice(0, -1)))
          .map((name) => resolvePath(folder, name)),
      );
    }
    for (const folder of found) folders.add(folder);
  }
  return [...folders].flatMap((folder) => {
    const manifest = readManifest(folder, files);
    const name = (manifest as { name?: unknown } | null)?.name;
    return manifest === null ? [] : [{ folder, manifest, name: typeof name === 'string' ? name : '' }];
  });
}
