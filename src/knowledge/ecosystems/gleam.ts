import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';

/** Packages and compiled modules lie in the project; what Hex knows of packages in the home folder. */
const base = (call: ToolCall): BuildEffect[] => [
  { kind: 'cache', path: resolvePath(call.home, '.cache/gleam') },
  { kind: 'compiles', folder: call.cwd },
];

/** Packages that Rebar compiles and that have no native code. */
const PURE = new Set('cowboy cowlib ranch telemetry hpack jsx certifi parse_trans mimerl metrics'.split(' '));

/** Every package is written in Gleam or Erlang alone, as manifest.toml says how each is built. */
function isPure(manifest: string): boolean {
  const packages = manifest.split('\n').filter((line) => line.includes('build_tools'));
  return (
    packages.length > 0 &&
    packages.every((line) => {
      const name = /^ *\{ name = "(\w+)"/.exec(line)?.[1] ?? '';
      return /\bbuild_tools = \["gleam"\]/.test(line) || PURE.has(name);
    })
  );
}

/** https://gleam.run/command-line-reference/#export: the modules with those they need, and a script that starts them with `erl`. */
function exports(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const [what] = words.operands;
  const build: BuildEffect = { kind: 'intermediate', path: resolvePath(call.cwd, 'build') };
  const pure = isPure(call.files.read(resolvePath(call.cwd, 'manifest.toml')) ?? '');
  if (what === 'erlang-shipment')
    return [
      ...base(call),
      build,
      {
        kind: 'artifact',
        path: resolvePath(call.cwd, 'build/erlang-shipment'),
        tree: true,
        linkage: pure ? 'libc' : 'unknown',
      },
      // Its words are `run` and `shell`, which are none of a program.
      {
        kind: 'writes',
        path: resolvePath(call.cwd, 'build/erlang-shipment/entrypoint.sh'),
        tree: false,
        text: '#!/bin/sh\nexec erl -noshell\n',
      },
      { kind: 'starts', program: 'erl' },
    ];
  return what === 'hex-tarball' || what === 'package-interface' || what === 'package-information'
    ? [...base(call), { kind: 'builds-in-place', folder: resolvePath(call.cwd, 'build') }]
    : [{ kind: 'unknown', why: 'what it exports is not known' }];
}

/** Gleam: https://gleam.run/documentation/ */
export const gleam: Ecosystem = {
  id: 'gleam',
  docs: 'https://gleam.run/command-line-reference/',
  interpreted: false,
  compileInput: (path) => /\.(gleam|erl|hrl|mjs)$|(^|\/)(gleam|manifest)\.toml$|^(test|build)\//.test(path),
  rules: [
    {
      id: 'export',
      tools: ['gleam'],
      subcommands: ['export'],
      says: 'compiles the modules and puts them together',
      example: 'gleam export erlang-shipment',
      read: exports,
    },
    {
      id: 'build',
      tools: ['gleam'],
      subcommands: ['build', 'compile-package'],
      valueFlags: ['-t', '--target'],
      says: 'compiles the modules in the project',
      example: 'gleam build --target erlang',
      read: (call) => [...base(call), { kind: 'builds-in-place', folder: resolvePath(call.cwd, 'build') }],
    },
    {
      id: 'checks',
      tools: ['gleam'],
      subcommands: ['deps', 'check', 'format', 'test', 'clean', 'fix', 'update'],
      says: 'fetches packages or checks the sources',
      example: 'gleam deps download',
      read: (call) => [...base(call), { kind: 'intermediate', path: resolvePath(call.cwd, 'build') }],
    },
  ],
};
