import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles, ParsedWords, ToolCall } from '../ecosystem.ts';
import { caches, emptied, folderOf, scriptOf } from './call.ts';
import { packageManagerHome } from './corepack.ts';
import { installed, installedGlobally } from './install.ts';
import { readManifest } from './manifest.ts';
import { runInPackages, runScript, runs, scriptBody } from './scripts.ts';

/** The text of the nearest file of that name, in the folder or above it. */
function nearest(folder: string, name: string, files: ImageFiles): string | null {
  for (let at = folder; ; at = resolvePath(at, '..')) {
    const text = files.read(resolvePath(at, name));
    if (text !== null || at === '/') return text;
  }
}

/** Yarn 2 and later, by its settings, its lock file or the release that the project names; null for Yarn 1. */
function modernYarn(folder: string, call: ToolCall): { readonly major: number; readonly settings: string } | null {
  const settings = nearest(folder, '.yarnrc.yml', call.files);
  const lock = /^__metadata:[ \t]*\r?\n[ \t]*version:[ \t]*(\d+)/m.exec(
    nearest(folder, 'yarn.lock', call.files) ?? '',
  )?.[1];
  const named = /^yarn@(\d+)/.exec(String(readManifest(folder, call.files)?.packageManager ?? ''))?.[1];
  const pinned = /^[ \t]*yarnPath:.*yarn-(\d+)/m.exec(settings ?? '')?.[1];
  const set = call.memory.get('yarn');
  const major = [pinned, named, set].find((one) => one !== undefined);
  if (major === '1' || (settings === null && lock === undefined && (major === undefined || Number(major) < 2)))
    return null;
  // https://yarnpkg.com/configuration/yarnrc: the lock files of Yarn 4 are of version 8.
  return { major: Number(major ?? (Number(lock ?? 8) >= 8 ? 4 : 3)), settings: settings ?? '' };
}

/** https://yarnpkg.com/features/pnp: without node_modules, packages are read from the folder of archives. */
function modernInstall(folder: string, call: ToolCall, words: ParsedWords): BuildEffect[] | null {
  const yarn = modernYarn(folder, call);
  if (yarn === null) return null;
  const setting = (key: string, variable: string): string | undefined =>
    call.env(variable) ?? new RegExp(`^${key}:\\s*["']?([^"'\\s#]+)`, 'm').exec(yarn.settings)?.[1];
  const linker = setting('nodeLinker', 'YARN_NODE_LINKER') ?? 'pnp';
  const isGlobal = (setting('enableGlobalCache', 'YARN_ENABLE_GLOBAL_CACHE') ?? String(yarn.major >= 4)) === 'true';
  const shared = setting('globalFolder', 'YARN_GLOBAL_FOLDER') ?? resolvePath(call.home, '.yarn/berry');
  const effects = installed(folder, call, words).filter(({ kind }) => kind !== 'dependencies' || linker !== 'pnp');
  const archives: BuildEffect = {
    kind: linker === 'pnp' ? 'writes' : 'cache',
    path: `${shared}/cache`,
    tree: true,
  } as BuildEffect;
  return [...effects, { kind: 'builds-in-place', folder }, ...(isGlobal ? [archives] : [])];
}

const SETTINGS = [
  'config',
  'set',
  'policies',
  'check',
  'audit',
  'list',
  'info',
  'why',
  'licenses',
  'outdated',
  'versions',
  'plugin',
  'constraints',
  'version',
  'versions',
  'bin',
  'help',
  'npm',
];

/** Yarn, classic and modern: https://classic.yarnpkg.com/lang/en/docs/cli/, https://yarnpkg.com/cli */
export function yarn(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = folderOf(words, call);
  const [first, second] = [words.operands[0], words.operands[1]];
  const place = packageManagerHome(call);
  const install = (): BuildEffect[] => [
    ...(modernInstall(folder, call, words) ?? installed(folder, call, words)),
    ...place,
  ];
  if (first === undefined)
    return words.flags.has('--version') || words.flags.has('-v') ? [{ kind: 'checks' }] : install();
  if (first === null) return [{ kind: 'unknown', why: 'the script it runs is not known' }];
  if (
    ['install', 'add', 'rebuild', 'dedupe', 'up', 'upgrade', 'remove', 'import', 'link', 'prod-install'].includes(first)
  )
    return install();
  if (first === 'global') return installedGlobally(call, words.operands.slice(2));
  if (first === 'cache') return emptied(call);
  if (first === 'set' && second === 'version') {
    const wanted = words.operands[2] ?? 'stable';
    call.memory.set('yarn', /^\d/.test(wanted) ? (wanted.split('.')[0] as string) : wanted === 'classic' ? '1' : '4');
    return [...caches(call), { kind: 'builds-in-place', folder }, ...place];
  }
  if (first === 'plugin' || first === 'config') return [...caches(call), configured(folder, call, words)];
  if (SETTINGS.includes(first)) return [...caches(call), { kind: 'checks' }];
  if (first === 'autoclean' || first === 'unplug' || first === 'patch-commit')
    return [{ kind: 'builds-in-place', folder }];
  if (first === 'workspace') return inPackages(words.operands.slice(2), [second ?? null], folder, call, place);
  if (first === 'workspaces') {
    if (second === 'focus') return install();
    const rest = words.operands.slice(2);
    return inPackages(second === 'foreach' || second === 'run' ? rest : [], [], folder, call, place);
  }
  if (first === 'exec' || first === 'dlx' || first === 'node') {
    const command = call.argv
      .slice(call.argv.indexOf(first) + (first === 'node' ? 0 : 1))
      .filter((word) => word !== '--');
    return [...caches(call), ...runs(scriptOf(command), folder, call.files), ...place];
  }
  const at = call.argv.indexOf(first === 'run' ? (second ?? null) : first);
  const name = call.argv[at];
  if (at < 1 || name == null) return [{ kind: 'unknown', why: 'the script it runs is not known' }];
  const args = call.argv.slice(at + 1).filter((word) => word !== '--');
  const manifest = readManifest(folder, call.files);
  const effects =
    scriptBody(manifest, name) === null && manifest !== null
      ? [...caches(call), ...runs(scriptOf([name, ...args]), folder, call.files)]
      : runScript(name, folder, call, args);
  return [...effects, ...place];
}

/**
 * Settings of the project, unless they are those of the home, which Yarn 1 always writes: for root in /usr/local/share, as its
 * util/user-home-dir.js has it (seen from 1.0 to 1.22). It knows no `--home` and passes over it.
 */
function configured(folder: string, call: ToolCall, { flags, operands }: ParsedWords): BuildEffect {
  const isHome = flags.has('-H') || flags.has('--home');
  const isClassic = modernYarn(folder, call) === null && operands[0] === 'config' && (operands[1] === 'set' || isHome);
  if (!isClassic && !isHome) return { kind: 'builds-in-place', folder };
  const home = isClassic && /^(root|0)?$/.test(call.user) ? '/usr/local/share' : call.home;
  return { kind: 'writes', path: resolvePath(home, isClassic ? '.yarnrc' : '.yarnrc.yml'), tree: false };
}

function inPackages(
  operands: readonly (string | null)[],
  wanted: readonly (string | null)[],
  folder: string,
  call: ToolCall,
  place: readonly BuildEffect[],
): BuildEffect[] {
  const words = operands[0] === 'run' ? operands.slice(1) : operands;
  const name = words[0];
  if (name === 'install' || name === 'add') return [...caches(call), { kind: 'builds-in-place', folder }, ...place];
  return name == null
    ? [
        ...caches(call),
        { kind: 'builds-in-place', folder },
        { kind: 'assumes', code: 'DF202', args: { command: 'yarn workspaces', where: folder } },
      ]
    : [...runInPackages(name, folder, call, wanted), ...place];
}
