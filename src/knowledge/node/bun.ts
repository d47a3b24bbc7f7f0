import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';
import { caches, commandBehind, emptied, folderOf, scriptOf } from './call.ts';
import { installed, installedGlobally, isGlobal } from './install.ts';
import { readManifest } from './manifest.ts';
import { runsProgram } from './program.ts';
import { runScript, runs, scriptBody } from './scripts.ts';

/** Bun: https://bun.com/docs/cli/install, https://bun.com/docs/bundler */
export function bun(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = folderOf(words, call);
  const [first, second] = [words.operands[0], words.operands[1]];
  if (first === null) return [{ kind: 'unknown', why: 'what it runs is not known' }];
  if (first === undefined) return [{ kind: 'checks' }];
  if (['install', 'i', 'add', 'a', 'update', 'remove', 'rm', 'link', 'ci'].includes(first))
    return isGlobal(words) ? installedGlobally(call, words.operands.slice(1)) : installed(folder, call, words);
  if (first === 'pm') return second === 'cache' ? emptied(call) : [{ kind: 'checks' }];
  if (['test', 'outdated', 'audit', 'why', 'info'].includes(first)) return [...caches(call), { kind: 'checks' }];
  if (first === 'upgrade') return [{ kind: 'restate', why: 'replaces the program itself' }];
  if (first === 'build') {
    const out = words.flags.get('--outfile') ?? words.flags.get('--outdir');
    const path = typeof out === 'string' ? resolvePath(folder, out) : null;
    return path === null
      ? [{ kind: 'builds-in-place', folder }]
      : [
          { kind: 'builds-in-place', folder: folder === '/' ? path : folder },
          { kind: 'builds-in-place', folder: path },
        ];
  }
  const at = call.argv.indexOf(first);
  if (first === 'x')
    return [...caches(call), ...runs(scriptOf(commandBehind(call.argv.slice(at), [])), folder, call.files)];
  const name = first === 'run' ? second : first;
  if (name == null) return [{ kind: 'unknown', why: 'what it runs is not known' }];
  const args = call.argv.slice(call.argv.indexOf(name) + 1);
  if (scriptBody(readManifest(folder, call.files), name) !== null) return runScript(name, folder, call, args);
  return /\.[cm]?[jt]sx?$/.test(name)
    ? runsProgram({ ...call, cwd: folder, argv: ['bun', name, ...args] })
    : [...caches(call), ...runs(scriptOf([name, ...args]), folder, call.files)];
}
