import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { isStandardFolder } from '../standard-folders.ts';

/** A file, or with `tree` a folder, that an install puts at an absolute path. */
interface Installed {
  readonly path: string;
  readonly tree: boolean;
}

/** Nobody nests projects deeper. */
const MOST_DEPTH = 3;

/**
 * What the CMakeLists.txt files and modules below a folder install to absolute places, which no prefix moves, with null for what cannot be
 * told: https://cmake.org/cmake/help/latest/command/install.html
 */
export function installedElsewhere(folder: string, files: ImageFiles, depth = 0): readonly (Installed | null)[] {
  const text = files.read(resolvePath(folder, 'CMakeLists.txt'));
  if (depth === 0 && (text === null || !/\w\s*\(/.test(text))) return [null];
  const names = files.list(folder) ?? [];
  const parts = names.filter((name) => name.endsWith('.cmake')).map((name) => files.read(resolvePath(folder, name)));
  const own = [text, ...parts].flatMap((part) => (part === null ? [] : installRules(part).flatMap(placesOf)));
  const below =
    depth > MOST_DEPTH
      ? []
      : names
          .filter((name) => name.endsWith('/'))
          .flatMap((name) => installedElsewhere(resolvePath(folder, name), files, depth + 1));
  return [...own, ...below];
}

/** The words of each `install(…)`, quotes taken off. */
function installRules(text: string): string[][] {
  const code = text.replace(/#[^\n]*/g, '');
  // `install(CODE "file(MAKE_DIRECTORY …)")` has parentheses of its own.
  const programs = [...code.matchAll(/\binstall\s*\(\s*(CODE|SCRIPT)\b(?!\s*"message\([^()"]*\)"\s*\))/gi)];
  const rules = [...code.matchAll(/\binstall\s*\((?!\s*(?:CODE|SCRIPT)\b)([^()]*)\)/gi)].map(([, words]) =>
    [...(words as string).matchAll(/"([^"]*)"|[^\s"]+/g)].map((match) => match[1] ?? match[0]),
  );
  return [...rules, ...programs.map(([, kind]) => [(kind as string).toUpperCase()])];
}

/** Words that end a list of files. */
const OPTION =
  /^(DESTINATION|TYPE|PERMISSIONS|CONFIGURATIONS|COMPONENT|RENAME|OPTIONAL|EXCLUDE_FROM_ALL|FILE_PERMISSIONS|DIRECTORY_PERMISSIONS|USE_SOURCE_PERMISSIONS|MESSAGE_NEVER|FILES_MATCHING|PATTERN|REGEX|EXCLUDE)$/;

/** What a rule puts at absolute places: nothing where it goes below the prefix. */
function placesOf([kind, ...words]: readonly string[]): readonly (Installed | null)[] {
  if (kind === 'CODE' || kind === 'SCRIPT') return [null];
  const destinations = words.flatMap((word, index) => (word === 'DESTINATION' ? [words[index + 1] ?? ''] : []));
  const isRelative = (to: string): boolean => /^(?!\/)(?!\$\{(?!CMAKE_INSTALL_|PROJECT_NAME))/.test(to);
  if (destinations.every(isRelative)) return [];
  const [to] = destinations;
  if (destinations.length !== 1 || to === undefined || /[$<]/.test(to)) return [null];
  const end = words.findIndex((word) => OPTION.test(word));
  const sources = words.slice(0, end);
  const renamed = words[words.indexOf('RENAME') + 1];
  const names = words.includes('RENAME') ? [renamed ?? ''] : sources.map((source) => baseName(source));
  if (!/^(FILES|PROGRAMS|DIRECTORY)$/.test(kind ?? '') || names.some((name) => /[$<]/.test(name))) return [null];
  // Of `DIRECTORY site/` it is what lies inside that goes there.
  if (kind === 'DIRECTORY' && sources.some((source) => source.endsWith('/')))
    return isStandardFolder(resolvePath('/', to)) ? [null] : [{ path: resolvePath('/', to), tree: true }];
  return names.map((name) => ({ path: resolvePath(to, name), tree: kind === 'DIRECTORY' }));
}
