import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';
import { caches, commandBehind, emptied, folderOf, scriptOf } from './call.ts';
import { packageManagerHome } from './corepack.ts';
import { installed, installedGlobally, isGlobal } from './install.ts';
import { readManifest } from './manifest.ts';
import { assumed, runInPackages, runScript, runs, scriptBody } from './scripts.ts';

const INSTALLS = [
  'install',
  'i',
  'add',
  'ci',
  'update',
  'up',
  'upgrade',
  'rebuild',
  'rb',
  'remove',
  'rm',
  'uninstall',
  'fetch',
  'prune',
  'dedupe',
  'import',
  'link',
  'approve-builds',
  'patch-commit',
  'install-test',
  'it',
];
const CHECKS = [
  'audit',
  'list',
  'ls',
  'why',
  'outdated',
  'licenses',
  'doctor',
  'root',
  'bin',
  'test',
  't',
  'view',
  'help',
  'whoami',
];

/** pnpm: https://pnpm.io/pnpm-cli */
export function pnpm(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = folderOf(words, call);
  const place = packageManagerHome(call);
  const [first, second] = [words.operands[0], words.operands[1]];
  const filters = ['--filter', '-F', '--filter-prod'].flatMap((flag) => words.flags.get(flag) ?? []);
  const many = words.flags.has('-r') || words.flags.has('--recursive') || filters.length > 0 || first === 'recursive';
  if (first === null) return [{ kind: 'unknown', why: 'the script it runs is not known' }];
  if (first === undefined) return [{ kind: 'checks' }];
  if (isGlobal(words) && INSTALLS.includes(first))
    return [...installedGlobally(call, words.operands.slice(1)), ...place];
  if (first === 'deploy') {
    // https://pnpm.io/cli/deploy: the package with its dependencies in a folder of its own.
    const target = second;
    return target == null
      ? [{ kind: 'unknown', why: 'the folder it deploys to is not known' }]
      : [
          ...caches(call),
          { kind: 'dependencies', path: resolvePath(call.cwd, target) },
          { kind: 'portable', path: resolvePath(call.cwd, target), from: folder },
          ...place,
        ];
  }
  if (INSTALLS.includes(first)) return [...installed(folder, call, words), ...place];
  if (first === 'store') return emptied(call);
  if (first === 'config' || first === 'set')
    return [{ kind: 'writes', path: resolvePath(call.home, '.config/pnpm/rc'), tree: false }];
  if (first === 'env' || first === 'setup' || first === 'self-update')
    return [{ kind: 'restate', why: 'sets up the package manager for the whole image' }];
  if (CHECKS.includes(first)) return [...caches(call), { kind: 'checks' }];
  const at = call.argv.indexOf(first);
  const behind = (from: number): readonly (string | null)[] => call.argv.slice(from).filter((word) => word !== '--');
  if (first === 'exec' || first === 'dlx')
    return many
      ? [...caches(call), ...assumed(`pnpm ${first}`, folder)]
      : [...caches(call), ...runs(scriptOf(commandBehind(call.argv.slice(at), [])), folder, call.files), ...place];
  const isRun = first === 'run' || first === 'run-script' || first === 'recursive';
  const name = isRun ? (first === 'recursive' && second === 'run' ? words.operands[2] : second) : first;
  if (name == null) return [{ kind: 'unknown', why: 'the script it runs is not known' }];
  // What stands behind the name is the script's own: `pnpm turbo run build --filter=api`.
  const own = call.argv.slice(1, call.argv.indexOf(name));
  if (
    first === 'recursive' ||
    own.some((word) => word === null || /^(-r|-F|--recursive|--filter(-prod)?(=.*)?)$/.test(word))
  )
    return [
      ...runInPackages(
        name,
        folder,
        call,
        filters.map((one) => (typeof one === 'string' ? one : null)),
      ),
      ...place,
    ];
  const manifest = readManifest(folder, call.files);
  const args = behind(call.argv.indexOf(name) + 1);
  const effects =
    !isRun && scriptBody(manifest, name) === null && manifest !== null
      ? [...caches(call), ...runs(scriptOf([name, ...args]), folder, call.files)]
      : runScript(name, folder, call, args);
  return [...effects, ...place];
}
