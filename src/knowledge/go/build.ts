import { baseName, isWithin, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';
import { linkage } from './linkage.ts';
import { moduleOf, readSources } from './sources.ts';
import { BUILD_TOOLS } from './tools.ts';

/** Flags of the build commands that take a value: https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies */
export const VALUE_FLAGS: readonly string[] = [
  '-o',
  '-p',
  '-tags',
  '-ldflags',
  '-gcflags',
  '-asmflags',
  '-mod',
  '-modfile',
  '-C',
  '-installsuffix',
  '-buildmode',
  '-pkgdir',
  '-covermode',
  '-coverpkg',
  '-compiler',
  '-gccgoflags',
  '-overlay',
  '-toolexec',
  '-pgo',
  '-run',
  '-exec',
].flatMap((flag) => [flag, `-${flag}`]);

/** Flags whose value decides nothing of where the program lies; `--flag` is `-flag`: https://pkg.go.dev/flag */
export const OPEN_FLAGS = /^--?(ldflags|gcflags|asmflags|tags|p)$/;

/** The words with every flag under the name of one dash. */
export function singleDashes(words: ParsedWords): ParsedWords {
  const renamed = <T>(flags: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...flags].map(([name, value]) => [name.replace(/^--/, '-'), value]));
  return { ...words, flags: renamed(words.flags), outlines: renamed(words.outlines) };
}

const gopath = (call: ToolCall): string =>
  call.env('GOPATH')?.split(':')[0] ?? `${call.home === '/' ? '' : call.home}/go`;

/** What a call adds to the caches of modules and of compiled packages. */
export function caches(call: ToolCall): BuildEffect[] {
  return [
    { kind: 'cache', path: `${gopath(call)}/pkg` },
    { kind: 'cache', path: call.env('GOCACHE') ?? resolvePath(call.home, '.cache/go-build') },
  ];
}

const lastElement = (path: string): string => baseName(path.replace(/@.*$/s, '').replace(/\/v\d+$/, ''));

/** The program's name for a package operand, by `go build`'s rule; null where it cannot be told. */
function programName(operand: string, call: ToolCall): string | null {
  if (operand.endsWith('.go')) return baseName(operand).slice(0, -3);
  if (operand.includes('...')) return null;
  if (!/^\.\.?(\/|$)|^\//.test(operand)) return lastElement(operand);
  const folder = resolvePath(call.cwd, operand);
  const module = moduleOf(folder, call.files);
  if (module !== null && module.root === folder) return lastElement(module.path);
  if (module === null && operand === '.' && call.files.list(folder)?.includes('go.mod')) return null;
  return baseName(folder) || null;
}

/** The folder that a call works in: https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies */
export function folderOf(words: ParsedWords, call: ToolCall): string {
  const change = words.flags.get('-C');
  return typeof change === 'string' ? resolvePath(call.cwd, change) : call.cwd;
}

/** What the name of a result ends with, by its kind and the system it is made for. */
function ending(call: ToolCall, words: ParsedWords): string {
  const mode = words.flags.get('-buildmode');
  if (mode === 'plugin' || mode === 'c-shared') return '.so';
  if (mode === 'c-archive') return '.a';
  return call.env('GOOS') === 'windows' ? '.exe' : '';
}

/** The one package that a pattern stands for: of several nothing is written. */
function onlyPackage(operand: string, call: ToolCall): string | null {
  const base = operand.replace(/\/?\.\.\.$/, '') || '.';
  if (base.includes('...') || !/^\.\.?(\/|$)/.test(base)) return null;
  const folder = resolvePath(call.cwd, base);
  const sources = readSources(folder, call.files);
  const packages = [...(sources?.packages ?? [])].filter((one) => isWithin(one, folder));
  return sources?.hasMain && packages.length === 1 ? (packages[0] as string) : null;
}

/** `go build` and what works like it. */
export function build(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = folderOf(words, call);
  const inFolder = { ...call, cwd: folder };
  const output = words.flags.get('-o');
  const effects: BuildEffect[] = [...caches(call), { kind: 'compiles', folder }];
  if (output === null || words.operands.includes(null))
    return [{ kind: 'unknown', why: 'the name of what it builds is not known' }];
  if (output === '/dev/null') return effects;
  const operands = words.operands as string[];
  const link = linkage(inFolder, folder, words);
  if (typeof output === 'string') {
    const path = resolvePath(folder, output);
    const inside = output.endsWith('/') || operands.length > 1 || operands.some((operand) => operand.includes('...'));
    effects.push({ kind: 'artifact', path, tree: inside && !/\.go$/.test(operands[0] ?? ''), linkage: link });
    if (words.flags.get('-buildmode') === 'c-shared')
      effects.push({ kind: 'intermediate', path: path.replace(/(\.\w+)?$/, '.h') });
  } else if (operands.length < 2 || operands.every((operand) => operand.endsWith('.go'))) {
    const operand = operands[0] ?? '.';
    const only = operand.includes('...') ? onlyPackage(operand, inFolder) : operand;
    if (only === null) return effects;
    const name = programName(only, inFolder);
    if (name === null) return [{ kind: 'unknown', why: 'the name of what it builds is not known' }];
    effects.push({
      kind: 'artifact',
      path: resolvePath(folder, name + ending(call, words)),
      tree: false,
      linkage: link,
    });
  }
  return effects;
}

/**
 * Whether a package is a program: a library leaves nothing behind. With a version only programs are taken:
 * https://go.dev/ref/mod#go-install
 */
function isProgram(operand: string, call: ToolCall): boolean {
  if (operand.includes('@') || operand.endsWith('.go')) return true;
  const isPath = /^\.\.?(\/|$)|^\//.test(operand);
  const module = moduleOf(call.cwd, call.files);
  const inModule = module !== null && isWithin(`/${operand}`, `/${module.path}`);
  const folder = isPath
    ? resolvePath(call.cwd, operand)
    : inModule
      ? resolvePath(module.root, `.${operand.slice(module.path.length)}`)
      : `${gopath(call)}/src/${operand}`;
  return readSources(folder, call.files)?.hasMain ?? (isPath || inModule);
}

/** `go install`, which puts programs into one folder. Tools that only build are of no use to a container that names none. */
export function install(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = folderOf(words, call);
  const inFolder = { ...call, cwd: folder };
  const bin = call.env('GOBIN') || `${gopath(call)}/bin`;
  const operands = words.operands.length === 0 ? ['.'] : words.operands;
  const names = operands.map((operand) => (operand === null ? null : programName(operand, inFolder)));
  const isTool = (name: string | null, index: number): boolean =>
    name !== null && BUILD_TOOLS.has(name) && !/^\.{0,2}(\/|$)/.test(operands[index] ?? '');
  if (names.length > 0 && names.every(isTool))
    return [
      ...caches(call),
      ...(names as string[]).map(
        (name): BuildEffect => ({ kind: 'program-data', path: `${bin}/${name}`, programs: [name] }),
      ),
    ];
  const effects: BuildEffect[] = [...caches(call), { kind: 'compiles', folder }];
  const link = linkage(inFolder, folder, words);
  if (
    names.includes(null) ||
    words.subcommand === 'get' ||
    !operands.every((one) => isProgram(one as string, inFolder))
  )
    return [...effects, { kind: 'artifact', path: bin, tree: true, linkage: link }];
  return [
    ...effects,
    ...names.map((name): BuildEffect => ({ kind: 'artifact', path: `${bin}/${name}`, tree: false, linkage: link })),
  ];
}

/** https://go.dev/doc/go-get-install-deprecation: before Go 1.18 `go get` installs the programs among the packages. */
export function get(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const sources: BuildEffect = { kind: 'cache', path: `${gopath(call)}/src` };
  if (words.flags.has('-d') || call.env('GO111MODULE') === 'on' || call.files.read(resolvePath(call.cwd, 'go.mod'))) {
    return [...caches(call), sources];
  }
  return [...install(call, words), sources];
}

/** Fetches packages for the compiler: https://go.dev/ref/mod#mod-commands */
export const fetch = (call: ToolCall): BuildEffect[] => [
  ...caches(call),
  { kind: 'cache', path: `${call.cwd}/vendor` },
];

/** The tools before modules: https://github.com/golang/dep, https://github.com/Masterminds/glide */
export const fetchVendored = (call: ToolCall): BuildEffect[] => [
  { kind: 'cache', path: `${gopath(call)}/pkg` },
  { kind: 'cache', path: `${call.cwd}/vendor` },
];
