import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { sourceTraits } from '../source-traits.ts';

const VALUE_FLAGS = [
  '-o',
  '--output',
  '-D',
  '--define',
  '-p',
  '--packages',
  '--verbosity',
  '-f',
  '--target-os',
  '--directory',
  '-C',
];

const caches = (call: ToolCall): BuildEffect[] => [
  { kind: 'cache', path: call.env('PUB_CACHE') ?? resolvePath(call.home, '.pub-cache') },
  { kind: 'cache', path: resolvePath(call.home, '.dart') },
  { kind: 'intermediate', path: `${call.cwd}/.dart_tool` },
];

/** A package that opens a library of the system does so through dart:ffi, and the lock file names package:ffi then. */
function libraries(call: ToolCall): BuildEffect[] {
  const manifest = call.files.read(resolvePath(call.cwd, 'pubspec.yaml'));
  if (manifest !== null && manifest.trim() !== '' && !/^dependencies:[ \t]*\r?\n[ \t]+\S/m.test(manifest)) return [];
  const lock = call.files.read(resolvePath(call.cwd, 'pubspec.lock'));
  if (lock === null || lock.trim() === '') return [{ kind: 'assumes', code: 'DF307', args: { what: 'pubspec.lock' } }];
  return /^ {2}(ffi|sqlite3|native_\w+):/m.test(lock)
    ? [{ kind: 'assumes', code: 'DF307', args: { what: 'what the packages open through package:ffi' } }]
    : [];
}

/** One program that brings its run time along and asks for the C library alone: https://dart.dev/tools/dart-compile#exe */
function compile(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const [form, source] = words.subcommand === 'compile' ? words.operands : ['exe', words.operands[0]];
  const out = words.flags.get('-o') ?? words.flags.get('--output');
  if (form !== 'exe' || source == null || out === null)
    return [{ kind: 'unknown', why: 'the program it makes is not known' }];
  const path = resolvePath(call.cwd, typeof out === 'string' ? out : source.replace(/\.dart$/, '.exe'));
  return [
    ...caches(call),
    { kind: 'compiles', folder: call.cwd },
    { kind: 'artifact', path, tree: false, linkage: 'libc' },
    ...libraries(call),
  ];
}

/** Dart, compiled ahead of time: https://dart.dev/tools/dart-compile */
export const dart: Ecosystem = {
  id: 'dart',
  docs: 'https://dart.dev/tools/dart-compile',
  interpreted: false,
  compileInput: (path) =>
    /(\.dart|(^|\/)(pubspec\.(yaml|lock)|pubspec_overrides\.yaml|analysis_options\.yaml))$/.test(path),
  traits: (folder, files) =>
    sourceTraits(
      {
        extension: /\.dart$/,
        starts: /\bProcess\.(?:run|runSync|start)\s*\(\s*(?:['"]([\w./-]+)['"]|[^)])/g,
        comment: /^[ \t]*\/\/.*$/gm,
      },
      folder,
      files,
    ),
  rules: [
    {
      id: 'compile',
      tools: ['dart'],
      subcommands: ['compile'],
      valueFlags: VALUE_FLAGS,
      says: 'compiles a program',
      example: 'dart compile exe bin/app.dart -o /bin/app',
      read: compile,
    },
    {
      id: 'dart2native',
      tools: ['dart2native'],
      subcommands: null,
      valueFlags: VALUE_FLAGS,
      says: 'compiles a program',
      example: 'dart2native bin/app.dart -o /bin/app',
      read: compile,
    },
    {
      id: 'packages',
      tools: ['dart', 'pub'],
      subcommands: ['pub', 'get', 'upgrade', 'test', 'analyze', 'format', 'fix', 'info'],
      valueFlags: VALUE_FLAGS,
      says: 'fetches packages or checks the sources',
      example: 'dart pub get',
      read: (call, { subcommand, operands }) =>
        subcommand === 'pub' && !['get', 'upgrade', 'deps', 'outdated', 'downgrade'].includes(operands[0] ?? '')
          ? null
          : [...caches(call), { kind: 'checks' }],
    },
    {
      id: 'build-runner',
      tools: ['dart'],
      subcommands: ['run', 'pub'],
      valueFlags: VALUE_FLAGS,
      says: 'generates sources',
      example: 'dart run build_runner build',
      // https://pub.dev/packages/build_runner: it writes sources beside others, and a folder of its own.
      read: (call, { operands }) =>
        operands.includes('build_runner') && operands.includes('build')
          ? [...caches(call), { kind: 'compiles', folder: call.cwd }]
          : null,
    },
  ],
};
