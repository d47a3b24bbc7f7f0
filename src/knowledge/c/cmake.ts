import { isWithin, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles, ParsedWords, ToolCall } from '../ecosystem.ts';
import { installedElsewhere } from './cmake-elsewhere.ts';
import { cmakeInstalls, type Installed } from './cmake-installs.ts';
import { installTree } from './install-tree.ts';

/** What the lists install, by the folders that the command line sets; null where one of them cannot be told. */
function installedFiles(source: string, prefix: string, build: string, call: ToolCall): readonly Installed[] | null {
  const [first, ...set] = (call.memory.get(`cmake-settings:${build}`) ?? '').split('\n');
  const settings = new Map(set.map((one) => [one.split('=')[0] as string, one.slice(one.indexOf('=') + 1)]));
  return first === '' || set.some((one) => one.endsWith('='))
    ? null
    : cmakeInstalls(source, prefix, settings, call.files);
}

/**
 * True where a folder of the lists may lie outside of the prefix: the command line sets it, or it is one of those that
 * follow the prefix only in part (https://cmake.org/cmake/help/latest/module/GNUInstallDirs.html).
 */
function setsElsewhere(folder: string, prefix: string, build: string, call: ToolCall, depth = 0): boolean {
  if (/=(\/|$)/m.test(call.memory.get(`cmake-settings:${build}`) ?? '')) return true;
  const text = call.files.read(resolvePath(folder, 'CMakeLists.txt')) ?? '';
  if (/\bset\s*\(\s*CMAKE_INSTALL_\w*DIR\s+"?[/$]/i.test(text)) return true;
  if (/^\/opt\//.test(prefix) && /CMAKE_INSTALL_FULL_(SYSCONF|LOCALSTATE|RUNSTATE)DIR/.test(text)) return true;
  return (
    depth < 4 &&
    (call.files.list(folder) ?? []).some(
      (name) => name.endsWith('/') && setsElsewhere(resolvePath(folder, name), prefix, build, call, depth + 1),
    )
  );
}

/** True for a folder in which an earlier cmake wrote the makefiles. */
export function isConfigured(folder: string, call: ToolCall): boolean {
  return call.memory.has(`cmake:${folder}`);
}

/**
 * True where a CMakeLists.txt puts what it builds outside of the build folder, or cannot be read:
 * https://cmake.org/cmake/help/latest/variable/CMAKE_RUNTIME_OUTPUT_DIRECTORY.html
 */
function buildsElsewhere(folder: string, files: ImageFiles, depth = 0): boolean {
  const text = files.read(resolvePath(folder, 'CMakeLists.txt'));
  if (depth === 0 && (text === null || text.trim() === '')) return true;
  if (text !== null && (movesOutput(text) || /\bfile\s*\(\s*(WRITE|COPY|INSTALL|DOWNLOAD)\b/i.test(text))) return true;
  if (depth > 3) return false;
  return (files.list(folder) ?? []).some(
    (name) => name.endsWith('/') && buildsElsewhere(resolvePath(folder, name), files, depth + 1),
  );
}

/** True where a variable for a place of output is followed by another place than one below the build folder. */
function movesOutput(text: string): boolean {
  const inside = /^["\s]+\$\{(CMAKE_|PROJECT_|CMAKE_CURRENT_)?(CURRENT_)?BINARY_DIR\}(?![^\s"]*\.\.)/;
  return [...text.matchAll(/\w+/g)].some(({ 0: word, index }) => {
    const behind = text.slice(index + word.length);
    return (
      /OUTPUT_DIRECTORY|EXECUTABLE_OUTPUT_PATH|LIBRARY_OUTPUT_PATH/.test(word) &&
      /^["\s]/.test(behind) &&
      !inside.test(behind)
    );
  });
}

export function cmake(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const at = (flag: string): string | null => {
    const value = words.flags.get(flag);
    return typeof value === 'string' ? resolvePath(call.cwd, value) : null;
  };
  const buildFolder = at('--build');
  if (buildFolder !== null) {
    const target = words.flags.get('--target') ?? words.flags.get('-t');
    if (target !== 'install') return [{ kind: 'intermediate', path: buildFolder }, { kind: 'checks' }];
    return cmakeInstall(buildFolder, null, call.env('DESTDIR') ?? '', call);
  }
  const install = at('--install');
  if (install !== null && words.flags.has('--component')) call.memory.set(`cmake-settings:${install}`, '');
  if (install !== null) return cmakeInstall(install, at('--prefix'), call.env('DESTDIR') ?? '', call);
  if (words.flags.has('--version')) return [{ kind: 'checks' }];
  if (words.flags.has('-E')) return [{ kind: 'unknown', why: 'cmake -E runs any command' }];
  const source = at('-S') ?? (words.operands[0] == null ? call.cwd : resolvePath(call.cwd, words.operands[0]));
  const build = at('-B') ?? call.cwd;
  const prefix = [...words.flags].find(([flag]) => /^-DCMAKE_INSTALL_PREFIX(:\w+)?$/.test(flag))?.[1];
  call.memory.set(`cmake:${build}`, source);
  call.memory.set(`cmake-prefix:${build}`, typeof prefix === 'string' ? resolvePath(call.cwd, prefix) : '/usr/local');
  const settings = [...words.flags].flatMap(([flag, value]) => {
    const name = /^-DCMAKE_INSTALL_(\w+DIR)(:\w+)?$/.exec(flag)?.[1];
    return name === undefined ? [] : [`${name}=${typeof value === 'string' ? value : ''}`];
  });
  call.memory.set(`cmake-settings:${build}`, ['-', ...settings].join('\n'));
  call.memory.set(`prefix:${build}`, call.memory.get(`cmake-prefix:${build}`) as string);
  const elsewhere = build !== source && buildsElsewhere(source, call.files);
  return [
    { kind: 'compiles', folder: source },
    build === source ? { kind: 'builds-in-place', folder: build } : { kind: 'intermediate', path: build },
    ...(elsewhere ? [{ kind: 'builds-in-place', folder: source } as const] : []),
  ];
}

export function cmakeInstall(build: string, given: string | null, stage: string, call: ToolCall): BuildEffect[] {
  const configured = given ?? call.memory.get(`cmake-prefix:${build}`) ?? '/usr/local';
  const prefix = stage === '' ? configured : resolvePath('/', `${stage}/${configured}`);
  const source = call.memory.get(`cmake:${build}`);
  const exact = source === undefined || stage !== '' ? null : installedFiles(source, configured, build, call);
  const outside = (exact ?? []).filter(({ path }) => !isWithin(path, prefix) || prefix === '/usr');
  const elsewhere =
    source === undefined || setsElsewhere(source, configured, build, call)
      ? [null]
      : installedElsewhere(source, call.files);
  const written = [...new Set(elsewhere)].map(
    (one): BuildEffect =>
      one === null
        ? { kind: 'assumes', code: 'DF305', args: { command: 'cmake --install', prefix } }
        : { kind: 'writes', ...one, path: resolvePath('/', `${stage}/${one.path}`) },
  );
  const tree = prefix === '/usr' && exact !== null ? [] : installTree(prefix, call);
  const files = outside.map(
    ({ path, tree: all }) => ({ kind: 'artifact', path, tree: all, linkage: 'unknown' }) as const,
  );
  return [{ kind: 'intermediate', path: build }, ...tree, ...(exact === null ? written : files)];
}
