import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';

/** Flags of the package managers whose value is the next word. */
export const VALUE_FLAGS: readonly string[] = [
  '--prefix',
  '-C',
  '--cwd',
  '--dir',
  '--network-timeout',
  '--registry',
  '--cache',
  '--cache-folder',
  '--modules-folder',
  '--filter',
  '-F',
  '--filter-prod',
  '--workspace',
  '-w',
  '--loglevel',
  '--network-concurrency',
  '--mutex',
  '--store-dir',
  '--global-dir',
  '--reporter',
  '--child-concurrency',
  '--workspace-concurrency',
  '--cache-dir',
  '--install-strategy',
  '--pack-destination',
  '--backend',
];

/** The folder that a call of a package manager works in. */
export function folderOf(words: ParsedWords, call: ToolCall): string {
  for (const flag of ['--prefix', '-C', '--cwd', '--dir']) {
    const value = words.flags.get(flag);
    if (typeof value === 'string') return resolvePath(call.cwd, value);
  }
  return call.cwd;
}

const inHome = (call: ToolCall, path: string): string => resolvePath(call.home, path);

/**
 * What the package managers keep for later installs: https://docs.npmjs.com/cli/using-npm/config#cache,
 * https://classic.yarnpkg.com/lang/en/docs/cli/cache/, https://pnpm.io/settings#storedir, https://bun.com/docs/pm/global-cache
 */
function cachePaths(call: ToolCall): readonly string[] {
  const of = (names: readonly string[], ...otherwise: string[]): string[] => {
    const given = names.map((name) => call.env(name)).find((value) => typeof value === 'string' && value !== '');
    return typeof given === 'string' ? [given] : otherwise;
  };
  switch (call.argv[0]) {
    case 'pnpm':
    case 'pnpx':
      return [inHome(call, '.local/share/pnpm/store'), inHome(call, '.cache/pnpm')];
    case 'yarn':
    case 'yarnpkg':
      return of(['YARN_CACHE_FOLDER'], inHome(call, '.cache/yarn'), '/usr/local/share/.cache');
    case 'bun':
    case 'bunx':
      return of(['BUN_INSTALL_CACHE_DIR'], inHome(call, '.bun/install/cache'));
    default:
      return of(['npm_config_cache', 'NPM_CONFIG_CACHE'], inHome(call, '.npm'));
  }
}

/** What a call adds to the caches of its package manager. */
export const caches = (call: ToolCall): BuildEffect[] => cachePaths(call).map((path) => ({ kind: 'cache', path }));

/** What a command that empties the caches does. */
export const emptied = (call: ToolCall): BuildEffect[] => cachePaths(call).map((path) => ({ kind: 'deletes', path }));

/** Words as a script that runs them; a word that is not known stays so. */
export function scriptOf(words: readonly (string | null)[]): string {
  return words
    .map((word) => {
      if (word === null) return '$(unknown)';
      const assigned = /^(\w+)=([\s\S]*)$/.exec(word);
      const quoted = (text: string): string =>
        /^[\w@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
      return assigned === null ? quoted(word) : `${assigned[1]}=${quoted(assigned[2] as string)}`;
    })
    .join(' ');
}

/** The words behind a flag that ends a program's own, or all operands: `npx -y prog args` gives `prog args`. */
export function commandBehind(
  argv: readonly (string | null)[],
  valueFlags: readonly string[],
): readonly (string | null)[] {
  let at = 1;
  while (at < argv.length && (argv[at]?.startsWith('-') ?? false)) {
    const flag = argv[at++] as string;
    if (flag === '--') break;
    if (valueFlags.includes(flag)) at++;
  }
  return argv.slice(at);
}
