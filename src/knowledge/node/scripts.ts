import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles, ToolCall } from '../ecosystem.ts';
import { caches, scriptOf } from './call.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { outsideOutputs } from './outputs.ts';
import { workspacePackages } from './workspaces.ts';

/** A script with those that run before and after it; null where there is none: https://docs.npmjs.com/cli/using-npm/scripts */
export function scriptBody(manifest: Manifest | null, name: string): string | null {
  const scripts = manifest?.scripts ?? {};
  if (typeof scripts[name] !== 'string') return null;
  return [`pre${name}`, name, `post${name}`]
    .map((key) => scripts[key])
    .filter((body): body is string => typeof body === 'string' && body.trim() !== '')
    .join('\n');
}

/** What is written outside a project is told by the settings of its builders. */
export const outside = (folder: string, files: ImageFiles, script: string): BuildEffect[] =>
  outsideOutputs(folder, files, script).map((path) => ({ kind: 'builds-in-place', folder: path }));

/** Runs a script in a folder: its commands are read; whatever they make lies in the project. */
export function runs(script: string, folder: string, files: ImageFiles): BuildEffect[] {
  return [
    // The root folder cannot be carried over as a whole: there each command has to tell.
    ...(folder === '/' ? [] : [{ kind: 'builds-in-place', folder } as const]),
    ...outside(folder, files, script),
    { kind: 'runs', script, folder },
  ];
}

/** A script or program of which the manifest tells nothing. */
export const assumed = (what: string, folder: string): BuildEffect[] => [
  { kind: 'builds-in-place', folder },
  { kind: 'assumes', code: 'DF202', args: { command: what, where: folder } },
];

/** Runs a script of package.json, with the arguments that follow it. */
export function runScript(
  name: string,
  folder: string,
  call: ToolCall,
  args: readonly (string | null)[] = [],
): BuildEffect[] {
  const manifest = readManifest(folder, call.files);
  const body = scriptBody(manifest, name);
  if (body === null && manifest !== null && call.argv.includes('--if-present')) return [{ kind: 'checks' }];
  if (body === null) return [...caches(call), ...assumed(`the package script ${name}`, folder)];
  const script = args.length > 0 && !body.includes('\n') ? `${body} ${scriptOf(args)}` : body;
  return [...caches(call), ...runs(script, folder, call.files)];
}

/** Runs a script in packages of a workspace, by their names or in all of them that have it. */
export function runInPackages(
  name: string,
  root: string,
  call: ToolCall,
  wanted: readonly (string | null)[],
): BuildEffect[] {
  const packages = workspacePackages(root, call.files);
  const exact = packages.filter((one) =>
    wanted.some((word) => word === one.name || (word !== null && resolvePath(root, word) === one.folder)),
  );
  // A pattern may stand for any of them.
  const chosen = wanted.length > 0 && exact.length === wanted.length ? exact : packages;
  const bodies = chosen.flatMap(({ folder, manifest }) => {
    const body = scriptBody(manifest, name);
    return body === null ? [] : [{ folder, body }];
  });
  if (bodies.length === 0) return [...caches(call), ...assumed(`the package script ${name}`, root)];
  return [
    ...caches(call),
    { kind: 'builds-in-place', folder: root },
    ...bodies.flatMap(({ folder, body }) => outside(folder, call.files, body)),
    { kind: 'runs', script: bodies.map(({ folder, body }) => `(cd '${folder}'\n${body}\n)`).join('\n'), folder: root },
  ];
}
