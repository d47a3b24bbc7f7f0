import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall, ToolRule } from '../ecosystem.ts';
import { systemNeeds } from './libraries.ts';
import { interpreter, uvCaches } from './managers.ts';
import { pipCache } from './places.ts';
import { requirement } from './requirements.ts';

/** Packages that install or build others, each with the programs that it puts on the PATH: their pages at https://pypi.org */
const BUILDERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['build', ['pyproject-build']],
  ['flit', ['flit']],
  ['hatch', ['hatch']],
  ['maturin', ['maturin']],
  ['pdm', ['pdm']],
  ['pipenv', ['pipenv', 'pipenv-resolver']],
  ['poetry', ['poetry']],
  ['twine', ['twine']],
  ['uv', ['uv', 'uvx']],
]);

/** The packages that a call names, without versions and extras; null where a word of it is no name. */
function namesIn(words: readonly (string | null)[]): readonly string[] | null {
  const names = words.map((word) => (word === null || /[/:]|\.(whl|gz|zip)$/.test(word) ? null : requirement(word)));
  return names.includes(null) ? null : names.map((one) => one?.name ?? '');
}

/** What an installer of programs leaves: each in an environment of its own, and links to its programs in another folder. */
function programs(
  names: readonly string[] | null,
  folders: readonly string[],
  needs: (names: readonly string[] | null) => readonly BuildEffect[],
): BuildEffect[] {
  const started = names?.map((name) => BUILDERS.get(name)) ?? [undefined];
  if (started.includes(undefined))
    return [...needs(names), ...folders.map((path): BuildEffect => ({ kind: 'dependencies', path }))];
  const all = started.flatMap((one) => one ?? []);
  return folders.map((path) => ({ kind: 'program-data', path, programs: all }));
}

const libraries = (names: readonly string[] | null, what: string): readonly BuildEffect[] =>
  systemNeeds(names?.map((name) => ({ name, extras: [], version: null })) ?? null, what);

/** The folders of environments and links: https://pipx.pypa.io/latest/how-to/configure-paths/ */
function pipxFolders(call: ToolCall, words: ParsedWords): readonly (string | null)[] {
  const isGlobal = words.flags.has('--global');
  const home = call.env(isGlobal ? 'PIPX_GLOBAL_HOME' : 'PIPX_HOME');
  const bin = call.env(isGlobal ? 'PIPX_GLOBAL_BIN_DIR' : 'PIPX_BIN_DIR');
  if (home === null || bin === null) return [null];
  if (isGlobal) return [home ?? '/opt/pipx', bin ?? '/usr/local/bin'];
  // Before 1.3, and where that folder is there, the environments lie in ~/.local/pipx, later in ~/.local/share/pipx.
  const local = resolvePath(call.home, '.local');
  return [home ?? local, bin ?? (home === undefined ? local : `${local}/bin`)];
}

/** What `pipx` does with the words behind its name. */
function pipx(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const { subcommand, operands } = words;
  const [environments = null, links = null] = pipxFolders(call, words);
  if (environments === null || links === null)
    return [{ kind: 'unknown', why: 'where it installs is not known', outside: true }];
  const folders = [...new Set([environments, links])];
  switch (subcommand) {
    case 'install':
    case 'upgrade':
    case 'reinstall':
    case 'uninstall':
      return [
        ...pipCache(call),
        ...programs(namesIn(operands), folders, (names) => libraries(names, 'what pipx installs')),
      ];
    case 'inject': {
      const [into = null, ...others] = operands;
      const needs = () => libraries(namesIn(others), 'what pipx installs');
      return [...pipCache(call), ...programs(namesIn([into]), folders, needs)];
    }
    // It adds the folder of the links to what interactive shells read.
    case 'ensurepath':
      return ['.bashrc', '.profile'].map((name) => ({
        kind: 'program-data',
        path: resolvePath(call.home, name),
        programs: ['bash', 'pipx'],
      }));
    default:
      return [{ kind: 'checks' }];
  }
}

/** `uv tool install`: https://docs.astral.sh/uv/concepts/tools/, https://docs.astral.sh/uv/reference/storage/ */
function uvTool(call: ToolCall, { operands: [verb, ...words] }: ParsedWords): BuildEffect[] {
  if (verb === 'list' || verb === 'dir' || verb === 'update-shell') return [{ kind: 'checks' }];
  if (verb !== 'install' && verb !== 'upgrade' && verb !== 'uninstall')
    return [{ kind: 'unknown', why: 'what it does is not known' }];
  const named = ['UV_TOOL_DIR', 'UV_TOOL_BIN_DIR', 'XDG_BIN_HOME', 'XDG_DATA_HOME'].map((name) => call.env(name));
  if (named.includes(null)) return [{ kind: 'unknown', why: 'where it installs is not known', outside: true }];
  const [environments, links, programFolder, stated] = named;
  const data = stated ?? resolvePath(call.home, '.local/share');
  const folders = [environments ?? `${data}/uv/tools`, links ?? programFolder ?? resolvePath(data, '../bin')];
  const needs = (names: readonly string[] | null) => [...interpreter(call), ...libraries(names, 'what uv installs')];
  return [...uvCaches(call), ...programs(namesIn(words), folders, needs)];
}

/** Rules of what installs programs, each into an environment of its own. */
export const toolRules: readonly ToolRule[] = [
  {
    id: 'pipx',
    tools: ['pipx'],
    subcommands: [
      'install',
      'inject',
      'upgrade',
      'reinstall',
      'uninstall',
      'ensurepath',
      'list',
      'environment',
      'completions',
    ],
    valueFlags: ['--python', '--pip-args', '-i', '--index-url', '--suffix', '--preinstall', '--backend'],
    says: 'installs programs, each into an environment of its own',
    example: 'pipx install poetry==2.1.0',
    read: pipx,
  },
  {
    id: 'uv-tool',
    tools: ['uv'],
    subcommands: ['tool'],
    valueFlags: ['--python', '-p', '--with', '--from', '--index', '--default-index'],
    says: 'installs programs, each into an environment of its own',
    example: 'uv tool install ruff',
    read: uvTool,
  },
];
