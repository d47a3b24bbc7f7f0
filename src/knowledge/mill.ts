import { resolvePath } from '../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from './ecosystem.ts';
import { needsJdk } from './maven.ts';

/** Tasks whose results the container may start; each has a folder of its own: https://mill-build.org/mill/0.10.15/Out_Dir.html */
const MAKING = /^(?:[\w-]+\.)*(assembly|jar|launcher|nativeImage|nativeLink|fastOpt|fullOpt|fastLinkJS|fullLinkJS)$/;
const PREPARING = /^(?:[\w-]+\.)*(compile|test|testLocal|prepareOffline|resolve|clean|version|checkFormat|plan)$/;

/** Everything lies below `out`: `app.assembly` in `out/app/assembly.dest`. */
export function mill(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const out = resolvePath(call.cwd, call.env('MILL_OUTPUT_DIR') ?? 'out');
  const effects: BuildEffect[] = [
    ...['.mill', '.cache/mill', '.cache/coursier', '.ivy2'].map(
      (name): BuildEffect => ({ kind: 'cache', path: resolvePath(call.home, name) }),
    ),
    { kind: 'compiles', folder: call.cwd },
  ];
  const tasks = words.operands
    .map((word) => (word === 'show' ? '' : word))
    .filter((word) => word !== '' && word !== '+');
  const stranger = tasks.find((task) => task === null || !(MAKING.test(task) || PREPARING.test(task)));
  if (call.env('MILL_OUTPUT_DIR') === null || stranger !== undefined || [...words.flags.keys()].includes('--home'))
    return [
      ...effects,
      { kind: 'builds-in-place', folder: call.cwd },
      { kind: 'assumes', code: 'DF202', args: { command: `mill ${stranger ?? '…'}`, where: call.cwd } },
    ];
  const made = (tasks as string[]).filter((task) => MAKING.test(task));
  return [
    ...effects,
    { kind: 'intermediate', path: out },
    ...(made.length === 0 ? [] : needsJdk(call.cwd, call)),
    ...made.map(
      (task): BuildEffect => ({
        kind: 'artifact',
        path: `${out}/${task.replaceAll('.', '/')}.dest`,
        tree: true,
        linkage: 'unknown',
      }),
    ),
  ];
}
