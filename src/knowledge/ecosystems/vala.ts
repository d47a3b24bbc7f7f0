import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { sourceTraits } from '../source-traits.ts';

/** Every program is one of GLib's: https://docs.vala.dev/tutorials/programming-language/main.html */
const library = (): BuildEffect => ({
  kind: 'needs-libraries',
  packages: ['libglib2.0-dev'],
  alpine: ['glib'],
  withCompiler: true,
  because: 'the language',
});

/** https://manpages.debian.org/valac: the name is that of the first source unless `-o` gives another, in the folder of `-d`. */
function compile(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const value = (...names: string[]): string | true | null | undefined =>
    names.map((name) => words.flags.get(name)).find((found) => found !== undefined);
  const [source] = words.operands;
  const isOther = [
    '-C',
    '--ccode',
    '-c',
    '--compile',
    '--library',
    '-H',
    '--header',
    '--vapi',
    '--gir',
    '--run-args',
  ].some((flag) => words.flags.has(flag));
  if (call.argv.includes(null) || source == null || isOther || words.flags.has('--shared-library'))
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const [out, folder] = [value('-o', '--output'), value('-d', '--directory')];
  const name = typeof out === 'string' ? out : baseName(source).replace(/\.\w+$/, '');
  const into = typeof folder === 'string' ? resolvePath(call.cwd, folder) : call.cwd;
  return [
    { kind: 'compiles', folder: call.cwd },
    { kind: 'artifact', path: resolvePath(into, name), tree: false, linkage: 'system' },
    library(),
  ];
}

/** Vala: https://docs.vala.dev/ */
export const vala: Ecosystem = {
  id: 'vala',
  docs: 'https://manpages.debian.org/valac',
  interpreted: false,
  compileInput: (path) => /\.(vala|vapi|gs|deps)$/.test(path),
  traits: (folder, files) =>
    sourceTraits(
      {
        extension: /\.(vala|gs)$/,
        starts:
          /\b(?:spawn_(?:command_line_)?a?sync|spawn_async_with_\w+|Subprocess(?:\.newv)?|SubprocessLauncher|Posix\.(?:system|execv?p?)|spawnv?)\b(?:\s*\(\s*(?:"([\w./-]+)["\s]|[^)]))?/g,
        comment: /^[ \t]*\/\/.*$/gm,
      },
      folder,
      files,
    ),
  rules: [
    {
      id: 'compile',
      tools: ['valac'],
      subcommands: null,
      valueFlags: [
        '-o',
        '--output',
        '-d',
        '--directory',
        '--pkg',
        '-b',
        '--basedir',
        '--vapidir',
        '--girdir',
        '--gresources',
        '--gresourcesdir',
        '-X',
        '--Xcc',
        '-D',
        '--define',
        '--target-glib',
        '--cc',
        '--main',
        '--library',
        '-H',
        '--header',
        '--vapi',
        '--gir',
      ],
      says: 'compiles a program',
      example: 'valac --pkg libsoup-3.0 -o server server.vala',
      read: compile,
    },
  ],
};
