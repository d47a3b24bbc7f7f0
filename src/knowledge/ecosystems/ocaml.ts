import { withoutBlocks } from '../../syntax/comments.ts';
import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { sourceTraits } from '../source-traits.ts';

/** opam itself installs the libraries of the distribution that a package asks for: https://opam.ocaml.org/doc/Usage.html#opam-install */
const packages = (call: ToolCall): BuildEffect[] => [
  { kind: 'toolchain', path: call.env('OPAMROOT') ?? resolvePath(call.home, '.opam') },
  { kind: 'assumes', code: 'DF307', args: { what: 'what the packages of opam link' }, installs: true },
];

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** `opam exec -- dune build` is `dune build`. */
function exec(call: ToolCall): BuildEffect[] {
  const at = call.argv.indexOf('--');
  const rest =
    at < 0 ? call.argv.slice(2).filter((word) => word === null || !word.startsWith('-')) : call.argv.slice(at + 1);
  if (rest.length === 0 || rest.includes(null)) return [{ kind: 'unknown', why: 'the program it runs is not known' }];
  return [{ kind: 'runs', script: (rest as string[]).map(quoted).join(' '), folder: call.cwd }];
}

/** Everything that dune makes lies below _build: https://dune.readthedocs.io/en/stable/usage.html */
function dune(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const root = words.flags.get('--root');
  if (root === null || words.operands.includes(null)) return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const folder = typeof root === 'string' ? resolvePath(call.cwd, root) : call.cwd;
  const build = words.flags.get('--build-dir') ?? call.env('DUNE_BUILD_DIR') ?? '_build';
  if (typeof build !== 'string') return [{ kind: 'unknown', why: 'where it builds is not known' }];
  const path = resolvePath(folder, build);
  return [
    { kind: 'cache', path: resolvePath(call.home, '.cache/dune') },
    { kind: 'intermediate', path },
    { kind: 'compiles', folder },
    { kind: 'program-folder', path, linkage: 'system' },
  ];
}

/** https://ocaml.org/manual/native.html */
function ocamlopt(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const out = words.flags.get('-o');
  const bytecode = call.argv.some((word) => word === 'ocamlc');
  if (typeof out !== 'string' || words.flags.has('-c') || bytecode)
    return [
      { kind: 'compiles', folder: call.cwd },
      { kind: 'builds-in-place', folder: call.cwd },
    ];
  const isStatic = call.argv.some((word, index) => word === '-ccopt' && /-static/.test(call.argv[index + 1] ?? ''));
  return [
    { kind: 'compiles', folder: call.cwd },
    {
      kind: 'artifact',
      path: resolvePath(call.cwd, baseName(out) === out ? out : out),
      tree: false,
      linkage: isStatic ? 'static' : 'system',
    },
  ];
}

/** OCaml with opam and dune: https://opam.ocaml.org/doc/Usage.html, https://dune.readthedocs.io/ */
export const ocaml: Ecosystem = {
  id: 'ocaml',
  docs: 'https://dune.readthedocs.io/en/stable/usage.html',
  interpreted: false,
  compileInput: (path) =>
    /(\.(ml|mli|mll|mly|opam|eml|mlx)|(^|\/)(dune|dune-project|dune-workspace|[^/]+\.opam\.(locked|template)))$/.test(
      path,
    ),
  traits: (folder, files) =>
    sourceTraits(
      {
        extension: /\.(ml|eml)$/,
        starts:
          /\b(?:Sys\.command|Unix\.(?:execvpe?|execve?|create_process\w*|open_process\w*|system)|Lwt_process\.\w+)[ (]+(?:"([\w./-]+)"|.)/g,
        comment: (text) => withoutBlocks(text, '(*', '*)'),
      },
      folder,
      files,
    ),
  rules: [
    {
      id: 'exec',
      tools: ['opam'],
      subcommands: ['exec'],
      says: 'runs a command of the switch',
      example: 'opam exec -- dune build',
      read: exec,
    },
    {
      id: 'install',
      tools: ['opam'],
      subcommands: ['install', 'pin', 'depext', 'upgrade', 'reinstall'],
      says: 'installs packages for the compiler',
      example: 'opam install . --deps-only -y',
      read: (call, words) => {
        const only = words.flags.has('--deps-only') || words.flags.has('--show');
        const local =
          words.subcommand !== 'depext' && !only && words.operands.some((word) => /^\.|\//.test(word ?? '.'));
        return local && words.subcommand === 'install'
          ? [{ kind: 'unknown', why: 'which programs of the project it installs is not known' }]
          : packages(call);
      },
    },
    {
      id: 'switch',
      tools: ['opam'],
      subcommands: [
        'init',
        'update',
        'switch',
        'repo',
        'repository',
        'env',
        'config',
        'list',
        'option',
        'show',
        'lint',
        'clean',
        'var',
      ],
      says: 'sets up the compiler',
      example: 'opam init -y',
      read: (call) => [
        { kind: 'toolchain', path: call.env('OPAMROOT') ?? resolvePath(call.home, '.opam') },
        { kind: 'checks' },
      ],
    },
    {
      id: 'dune',
      tools: ['dune', 'jbuilder'],
      subcommands: ['build', 'b'],
      valueFlags: ['--root', '--build-dir', '--profile', '-p', '-j', '--only-packages'],
      says: 'builds the project',
      example: 'dune build',
      read: dune,
    },
    {
      id: 'dune-checks',
      tools: ['dune'],
      subcommands: ['test', 'runtest', 'clean', 'fmt', 'subst', 'external-lib-deps', 'pkg'],
      says: 'checks the project',
      example: 'dune clean',
      read: (call) => [{ kind: 'intermediate', path: `${call.cwd}/_build` }, { kind: 'checks' }],
    },
    {
      id: 'compile',
      tools: ['ocamlfind', 'ocamlopt', 'ocamlc'],
      subcommands: null,
      valueFlags: ['-o', '-package', '-I', '-ccopt', '-cclib', '-thread'],
      says: 'compiles a program',
      example: 'ocamlfind ocamlopt -o /bin/app app.ml',
      read: ocamlopt,
    },
  ],
};
