import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { table } from '../table.ts';

/** A file, or a folder with all that lies in it, that `cmake --install` makes. */
export interface Installed {
  readonly path: string;
  readonly tree: boolean;
}

/** https://cmake.org/cmake/help/latest/module/GNUInstallDirs.html; LIBDIR depends on the machine and the distribution. */
const FOLDERS = table<string>({
  BINDIR: 'bin',
  SBINDIR: 'sbin',
  LIBEXECDIR: 'libexec',
  SYSCONFDIR: 'etc',
  LOCALSTATEDIR: 'var',
  INCLUDEDIR: 'include',
  DATAROOTDIR: 'share',
  DATADIR: 'share',
  INFODIR: 'share/info',
  LOCALEDIR: 'share/locale',
  MANDIR: 'share/man',
});
const SPECIAL = /^(SYSCONFDIR|LOCALSTATEDIR|RUNSTATEDIR)$/;
const OPENS = /^(if|foreach|while|function|macro|block)$/;
const CLOSES = /^end(if|foreach|while|function|macro|block)$/;
const FETCHES = /install|^(fetchcontent_|externalproject_|cpm)/;
/** Variables that say where results go and what they are called. */
const NAMES_RESULTS = /^CMAKE_INSTALL_|^CMAKE_.*(POST|SUF|PRE)FIX$/;
const HARMLESS_MODULE = /^(GNUInstallDirs|CTest|Check\w+)$/;
const KEYWORD =
  /^(EXPORT|ARCHIVE|LIBRARY|RUNTIME|DESTINATION|PERMISSIONS|COMPONENT|RENAME|FILES_MATCHING|PATTERN|REGEX|EXCLUDE_FROM_ALL|(FILE|DIRECTORY|USE_SOURCE)_PERMISSIONS|MESSAGE_NEVER|NAMELINK_\w+|FILE_SET|P\w+_HEADER|RUNTIME_DEPEND\w+|OBJECTS|FRAMEWORK|BUNDLE|RESOURCE|INCLUDES|CONFIGURATIONS|OPTIONAL|TYPE)$/;
const UNREAD =
  /^(OBJECTS|FRAMEWORK|BUNDLE|RESOURCE|INCLUDES|CONFIGURATIONS|OPTIONAL|TYPE|P\w+_HEADER|FILE_SET|RUNTIME_DEPEND\w+|EXCLUDE_FROM_ALL)$/;

interface Command {
  readonly name: string;
  readonly words: readonly string[];
  /** It stands in a condition, a loop or a function. */
  readonly nested: boolean;
}

/** The commands of a list; null where one's words cannot be told. */
function commandsOf(text: string): Command[] | null {
  const plain = text.replaceAll(/#[^\n]*/g, '');
  const found: Command[] = [];
  let depth = 0;
  for (const { 0: head, 1: word = '', index } of plain.matchAll(/\b(\w+)[ \t]*\(/g)) {
    const name = word.toLowerCase();
    if (OPENS.test(name)) depth++;
    else if (CLOSES.test(name)) depth--;
    const start = index + head.length;
    const inside = plain.slice(start, plain.indexOf(')', start));
    if (name === 'install' && inside.includes('(')) return null;
    const words = inside.replaceAll('"', ' ').split(/\s+/);
    found.push({ name, words: words.filter((one) => one !== ''), nested: depth > 0 });
  }
  return depth === 0 ? found : null;
}

/** All commands of the project's lists, each with nothing unread behind it; null where something is. */
function allCommands(folder: string, files: ImageFiles, depth = 0): Command[] | null {
  const text = files.read(resolvePath(folder, 'CMakeLists.txt'));
  const commands = text === null || text.trim() === '' || depth > 6 ? null : commandsOf(text);
  if (commands === null) return null;
  const all: Command[] = [];
  for (const command of commands) {
    const { name, nested, words } = command;
    if (name === 'add_subdirectory') {
      const below =
        nested || words.length !== 1 || words[0] === undefined || words[0].includes('$')
          ? null
          : resolvePath(folder, words[0]);
      const inner = below === null ? null : allCommands(below, files, depth + 1);
      if (inner === null) return null;
      all.push(...inner);
    } else if (name === 'include' ? !HARMLESS_MODULE.test(words[0] ?? '') : name !== 'install' && FETCHES.test(name))
      return null;
    else if (name === 'install' && nested) return null;
    else if (name === 'set' && NAMES_RESULTS.test(words[0] ?? '')) return null;
    else if (/^set_(target_properties|property)$/.test(name) && words.some((one) => /NAME|FIX|VERSION/.test(one)))
      return null;
    else all.push(command);
  }
  return all;
}

/** A folder as `install` takes it; null where it is not known, or differs between versions of CMake. */
function destinationOf(
  word: string | undefined,
  prefix: string,
  settings: ReadonlyMap<string, string>,
  project: string,
): string | null {
  if (word === undefined) return null;
  const isSpecial = prefix === '/usr' || prefix === '/' || /^\/opt\//.test(prefix);
  const path = word.replaceAll(/\$\{(\w+)\}/g, (hole, name: string) => {
    if (name === 'CMAKE_INSTALL_PREFIX') return prefix;
    if (name === 'PROJECT_NAME') return project === '' ? hole : project;
    const [, full, folder = ''] = /^CMAKE_INSTALL_(FULL_)?(\w+)$/.exec(name) ?? [];
    const value = settings.get(folder) ?? FOLDERS[folder];
    if (value === undefined) return hole;
    if (!value.startsWith('/') && isSpecial && SPECIAL.test(folder))
      return full === undefined || prefix !== '/usr' ? hole : `/${value}`;
    return full === undefined ? value : resolvePath(prefix, value);
  });
  return path.includes('$') ? null : resolvePath(prefix, path);
}

/** What `install(TARGETS …)` makes: programs, by default in `programs`, and libraries without a version in their names. */
function installedTargets(
  words: readonly string[],
  commands: readonly Command[],
  programs: string,
): { name: string; to: string }[] | null {
  const end = words.findIndex((word) => KEYWORD.test(word));
  const sections = end < 0 ? [] : words.slice(end);
  const of = (section: string): string | undefined => {
    const at = sections.indexOf(section);
    const own = at < 0 ? -1 : sections.findIndex((word, index) => index > at && /^[A-Z]+$/.test(word));
    return own >= 0 && sections[own] === 'DESTINATION' ? sections[own + 1] : undefined;
  };
  const common = sections[0] === 'DESTINATION' ? sections[1] : undefined;
  const made = (end < 0 ? words : words.slice(0, end)).map((target) => {
    const definition = commands.find(
      ({ name, words: own }) => /^add_(executable|library)$/.test(name) && own[0] === target,
    );
    const kind = definition?.words[1] ?? '';
    if (definition?.name === 'add_executable') return { name: target, to: of('RUNTIME') ?? common ?? programs };
    const to = of(kind === 'STATIC' ? 'ARCHIVE' : 'LIBRARY') ?? common;
    return to === undefined || !/^(STATIC|SHARED|MODULE)$/.test(kind)
      ? null
      : { name: `lib${target}.${kind === 'STATIC' ? 'a' : 'so'}`, to };
  });
  return made.length === 0 || made.some((one) => one === null) ? null : (made as { name: string; to: string }[]);
}

/**
 * Every file that the project's lists install, by https://cmake.org/cmake/help/latest/command/install.html; null where they
 * say more than their plain forms. `settings` are the `CMAKE_INSTALL_…DIR` of the command line.
 */
export function cmakeInstalls(
  source: string,
  prefix: string,
  settings: ReadonlyMap<string, string>,
  files: ImageFiles,
): Installed[] | null {
  const commands = prefix === '/' ? null : allCommands(source, files);
  if (commands === null) return null;
  const projects = commands.filter(({ name }) => name === 'project');
  const project = projects.length === 1 ? (projects[0]?.words[0] ?? '') : '';
  const all: Installed[] = [];
  for (const { name, words } of commands) {
    if (name !== 'install') continue;
    const [form, ...rest] = words;
    if (rest.some((word) => UNREAD.test(word))) return null;
    const after = (key: string): string | undefined => (rest.includes(key) ? rest[rest.indexOf(key) + 1] : undefined);
    const end = rest.findIndex((word) => KEYWORD.test(word));
    const sources = rest.slice(0, Math.max(end, 0));
    const to = destinationOf(after('DESTINATION'), prefix, settings, project);
    if (form === 'TARGETS') {
      for (const target of installedTargets(rest, commands, settings.get('BINDIR') ?? 'bin') ?? [null]) {
        const folder = target === null ? null : destinationOf(target.to, prefix, settings, project);
        if (target === null || folder === null) return null;
        all.push({ path: resolvePath(folder, target.name), tree: false });
      }
    } else if ((form === 'FILES' || form === 'PROGRAMS') && to !== null && sources.length > 0) {
      const names = rest.includes('RENAME') ? [after('RENAME') ?? '$'] : sources.map(baseName);
      if (names.some((one) => one.includes('$'))) return null;
      all.push(...names.map((one) => ({ path: resolvePath(to, one), tree: false })));
    } else if (form === 'DIRECTORY' && to !== null && sources.length > 0) {
      if (sources.some((one) => one.includes('$'))) return null;
      all.push(
        ...sources.map((one) => ({ path: one.endsWith('/') ? to : resolvePath(to, baseName(one)), tree: true })),
      );
    } else return null;
  }
  return all.length === 0 ? null : all;
}
