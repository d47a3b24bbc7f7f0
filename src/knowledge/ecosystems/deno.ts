import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';

const VALUE_FLAGS = [
  '-o',
  '--output',
  '--target',
  '--include',
  '-c',
  '--config',
  '--import-map',
  '--lock',
  '--cert',
  '--root',
  '-n',
  '--name',
  '--env-file',
  '--icon',
  '--v8-flags',
];

/** https://docs.deno.com/runtime/reference/env_variables/ */
const cacheFolder = (call: ToolCall): string => call.env('DENO_DIR') ?? resolvePath(call.home, '.cache/deno');

/** One program with the run time in it, which asks for the libraries of C and of GCC: https://docs.deno.com/runtime/reference/cli/compile/ */
function compile(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const out = words.flags.get('-o') ?? words.flags.get('--output');
  const [source] = words.operands;
  if (source == null || out === null || words.flags.has('--target'))
    return [{ kind: 'unknown', why: 'the program it makes is not known' }];
  const name = typeof out === 'string' ? out : baseName(source).replace(/\.\w+$/, '');
  if (/^(main|mod|index|cli)$/.test(name)) return [{ kind: 'unknown', why: 'the name of the program is not known' }];
  return [
    { kind: 'cache', path: cacheFolder(call) },
    { kind: 'compiles', folder: call.cwd },
    { kind: 'artifact', path: resolvePath(call.cwd, name), tree: false, linkage: 'cpp' },
  ];
}

/** Deno: https://docs.deno.com/runtime/reference/cli/ */
export const deno: Ecosystem = {
  id: 'deno',
  docs: 'https://docs.deno.com/runtime/reference/cli/',
  interpreted: true,
  compileInput: () => false,
  rules: [
    {
      id: 'compile',
      tools: ['deno'],
      subcommands: ['compile'],
      valueFlags: VALUE_FLAGS,
      says: 'compiles a program',
      example: 'deno compile --output /bin/app main.ts',
      read: compile,
    },
    {
      id: 'install',
      tools: ['deno'],
      subcommands: ['cache', 'install', 'i'],
      valueFlags: VALUE_FLAGS,
      says: 'fetches what the program imports',
      example: 'deno cache main.ts',
      read: (call, words) => {
        if (words.flags.has('-g') || words.flags.has('--global'))
          return [{ kind: 'unknown', why: 'where it installs is not known' }];
        return [
          { kind: 'dependencies', path: cacheFolder(call) },
          { kind: 'builds-in-place', folder: call.cwd },
        ];
      },
    },
    {
      id: 'checks',
      tools: ['deno'],
      subcommands: ['check', 'lint', 'fmt', 'test', 'info'],
      valueFlags: VALUE_FLAGS,
      says: 'checks the sources',
      example: 'deno check main.ts',
      read: (call) => [{ kind: 'cache', path: cacheFolder(call) }, { kind: 'checks' }],
    },
  ],
};
