import { baseName, parentFolder, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, Linkage, ParsedWords, ToolCall } from '../ecosystem.ts';
import { sourceTraits } from '../source-traits.ts';

/** Releases that still have the first PCRE, which std/re and std/nre open when the program starts. */
const WITH_PCRE = /^(jessie|stretch|buster|bullseye|bookworm|trusty|xenial|bionic|focal|jammy|noble)$/;

/** `-d:ssl` and `--d:ssl`, `-o:x` and `-o=x`: https://nim-lang.org/docs/nimc.html#compiler-usage-commandminusline-switches */
function switches(call: ToolCall): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const word of call.argv.slice(1)) {
    const match = /^--?(\w+)(?:[:=](.*))?$/.exec(word ?? '');
    if (match === null) continue;
    const name = (match[1] as string).toLowerCase();
    if (name === 'd' || name === 'define') found.set(`define:${match[2] ?? ''}`, '');
    else found.set(name, match[2] ?? '');
  }
  return found;
}

function linkage(given: ReadonlyMap<string, string>): Linkage {
  return /-static\b/.test(given.get('passl') ?? '') ? 'static' : 'system';
}

/** What a program opens by name when it starts: the compiler links the C library alone. */
function libraries(call: ToolCall): BuildEffect[] {
  if (call.image?.distribution === 'alpine') return [];
  const pcre = WITH_PCRE.test(call.image?.release ?? '') ? ['libpcre3'] : [];
  return [
    {
      kind: 'needs-libraries',
      packages: ['libssl-dev', ...pcre],
      opened: true,
      because: 'modules of the standard library',
    },
  ];
}

const made = (call: ToolCall, path: string): BuildEffect[] => {
  const kind = linkage(switches(call));
  return [
    { kind: 'cache', path: resolvePath(call.home, '.cache/nim') },
    { kind: 'compiles', folder: call.cwd },
    { kind: 'artifact', path, tree: false, linkage: kind },
    ...(kind === 'static' ? [] : libraries(call)),
  ];
};

function compile(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const given = switches(call);
  const source = words.operands[0];
  const app = given.get('app');
  if (
    source == null ||
    words.operands.length > 1 ||
    given.has('nolinking') ||
    given.has('compileonly') ||
    given.has('c')
  )
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  if (app !== undefined && app !== 'console' && app !== 'gui') return [{ kind: 'unknown', why: 'it builds a library' }];
  const file = resolvePath(call.cwd, source);
  const folder = given.get('outdir') ?? given.get('out')?.slice(0, (given.get('out')?.lastIndexOf('/') ?? 0) + 1);
  const name = baseName(given.get('o') ?? given.get('out') ?? baseName(file).replace(/\.nims?$/, ''));
  const out = given.get('o') ?? given.get('out');
  const path =
    out !== undefined && given.get('outdir') === undefined
      ? resolvePath(call.cwd, out)
      : `${folder === undefined || folder === '' ? parentFolder(file) : resolvePath(call.cwd, folder)}/${name}`;
  return made(call, path);
}

/** `bin`, `binDir` of the project's .nimble: https://nim-lang.github.io/nimble/nimble-reference.html */
function programs(call: ToolCall): readonly string[] | null {
  const file = call.files.list(call.cwd)?.find((name) => name.endsWith('.nimble'));
  const text = file === undefined ? null : call.files.read(resolvePath(call.cwd, file));
  if (text === null || /^[ \t]*namedBin\b/m.test(text)) return null;
  const list = /^bin[ \t]*=\s*@?\[([^[\]]*)\]/m.exec(text)?.[1];
  const folder = /^binDir\s*=\s*"([^"]+)"/m.exec(text)?.[1] ?? '';
  const names = [...(list ?? '').matchAll(/"([^"]+)"/g)].map((match) => match[1] as string);
  return names.length === 0 ? null : names.map((name) => resolvePath(call.cwd, `./${folder}/${name}`));
}

const packages = (call: ToolCall): BuildEffect[] =>
  ['pkgs', 'pkgs2', 'pkgcache', 'packages_official.json', 'packages_global.json', 'nimbledata2.json'].map((name) => ({
    kind: 'cache',
    path: `${call.env('NIMBLE_DIR') ?? resolvePath(call.home, '.nimble')}/${name}`,
  }));

function nimble(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const only = ['-d', '--depsOnly', '--depsonly'].some((flag) => words.flags.has(flag));
  if (words.subcommand === 'install' && (only || words.operands.length > 0)) {
    const tools: BuildEffect[] = only
      ? []
      : [
          {
            kind: 'program-folder',
            path: `${call.env('NIMBLE_DIR') ?? resolvePath(call.home, '.nimble')}/bin`,
            linkage: 'system',
          },
        ];
    return [...packages(call), ...tools, { kind: 'checks' }];
  }
  const names = programs(call);
  if (words.subcommand === 'install' || names === null)
    return [...packages(call), { kind: 'unknown', why: 'which programs it builds is not known' }];
  return [...packages(call), ...names.flatMap((path) => made(call, path))];
}

/** Nim with its compiler and nimble: https://nim-lang.org/docs/nimc.html */
export const nim: Ecosystem = {
  id: 'nim',
  docs: 'https://nim-lang.org/docs/nimc.html',
  interpreted: false,
  compileInput: (path) => /(\.(nim|nims|nimble|nimf)|(^|\/)(nim\.cfg|nimble\.lock|[^/]+\.nim\.cfg))$/.test(path),
  traits: (folder, files) =>
    sourceTraits(
      {
        extension: /\.nim$/,
        starts: /\b(?:execProcess|execCmd|execCmdEx|execShellCmd|startProcess)[ (]+(?:"([\w./-]+)[" ]|[^)])/g,
        comment: /^[ \t]*#.*$|\s# .*$/gm,
      },
      folder,
      files,
    ),
  rules: [
    {
      id: 'compile',
      tools: ['nim'],
      subcommands: ['c', 'cc', 'compile', 'compileToC', 'cpp', 'compileToCpp'],
      says: 'compiles a program',
      example: 'nim c -d:release -o:/bin/app app.nim',
      read: compile,
    },
    {
      id: 'nimble-compile',
      tools: ['nimble'],
      subcommands: ['c', 'cc', 'cpp'],
      says: 'compiles a program with its dependencies',
      example: 'nimble c -d:release -o:/bin/app app.nim',
      read: (call, words) => [...packages(call), ...compile(call, words)],
    },
    {
      id: 'nimble',
      tools: ['nimble'],
      subcommands: ['build', 'install'],
      says: 'builds the package',
      example: 'nimble build -d:release',
      read: nimble,
    },
    {
      id: 'nimble-checks',
      tools: ['nimble'],
      subcommands: ['refresh', 'check', 'test', 'list', 'lock', 'sync', 'setup', 'dump', 'search'],
      says: 'fetches or checks packages',
      example: 'nimble refresh',
      read: (call) => [...packages(call), { kind: 'checks' }],
    },
    {
      id: 'check',
      tools: ['nim', 'choosenim'],
      subcommands: ['check', 'doc', 'dump', 'stable', 'devel', 'update', 'show'],
      says: 'checks the sources or sets up the compiler',
      example: 'nim check app.nim',
      read: (call) => [{ kind: 'toolchain', path: resolvePath(call.home, '.choosenim') }, { kind: 'checks' }],
    },
  ],
};
