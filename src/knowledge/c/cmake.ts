import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles, ParsedWords, ToolCall } from '../ecosystem.ts';
import { installedElsewhere } from './cmake-install.ts';
import { installTree } from './install-tree.ts';

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
  if (install !== null) return cmakeInstall(install, at('--prefix'), call.env('DESTDIR') ?? '', call);
  if (words.flags.has('--version')) return [{ kind: 'checks' }];
  if (words.flags.has('-E')) return [{ kind: 'unknown', why: 'cmake -E runs any command' }];
  const source = at('-S') ?? (words.operands[0] == null ? call.cwd : resolvePath(call.cwd, words.operands[0]));
  const build = at('-B') ?? call.cwd;
  const prefix = [...words.flags].find(([flag]) => /^-DCMAKE_INSTALL_PREFIX(:\w+)?$/.test(flag))?.[1];
  call.memory.set(`cmake:${build}`, source);
  call.memory.set(`cmake-prefix:${build}`, typeof prefix === 'string' ? resolvePath(call.cwd, prefix) : '/usr/local');
  call.memory.set('prefix', call.memory.get(`cmake-prefix:${build}`) as string);
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
  const elsewhere = source === undefined ? null : installedElsewhere(source, call.files);
  const proof: readonly BuildEffect[] = elsewhere?.map(
    (written): BuildEffect => ({ kind: 'writes', ...written, path: resolvePath('/', `${stage}/${written.path}`) }),
  ) ?? [{ kind: 'assumes', code: 'DF305', args: { command: 'cmake --install', prefix } }];
  return [{ kind: 'intermediate', path: build }, ...installTree(prefix, call), ...proof];
}
