import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';
import { caches, commandBehind, emptied, folderOf, scriptOf } from './call.ts';
import { install, isGlobal, linksItself } from './install.ts';
import { readManifest } from './manifest.ts';
import { runInPackages, runScript, runs } from './scripts.ts';

/** NAME-VERSION.tgz, a scope with a dash behind it: https://docs.npmjs.com/cli/v11/commands/npm-pack */
function packs(folder: string, call: ToolCall, words: ParsedWords): BuildEffect[] {
  const manifest = readManifest(folder, call.files);
  const given = words.flags.get('--pack-destination') ?? '.';
  const { name, version } = manifest ?? {};
  if (given === null) return [{ kind: 'unknown', why: 'where it writes is not known', outside: true }];
  const at = resolvePath(call.cwd, String(given));
  const isOwn = words.operands.length === 1 && typeof name === 'string' && typeof version === 'string';
  const file = isOwn ? `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz` : null;
  return [
    { kind: 'builds-in-place', folder },
    file === null
      ? { kind: 'writes', path: at, tree: true }
      : { kind: 'writes', path: resolvePath(at, file), tree: false },
  ];
}

const INSTALLS = [
  'ci',
  'install',
  'i',
  'in',
  'ins',
  'add',
  'clean-install',
  'install-clean',
  'ic',
  'rebuild',
  'update',
  'up',
  'upgrade',
  'link',
  'ln',
  'install-test',
  'it',
  'cit',
  'dedupe',
  'ddp',
  'prune',
  'uninstall',
  'un',
  'remove',
  'rm',
  'r',
  'shrinkwrap',
];
const CHECKS = [
  'ls',
  'list',
  'll',
  'test',
  't',
  'tst',
  'version',
  'view',
  'info',
  'fund',
  'whoami',
  'outdated',
  'ping',
  'explain',
  'root',
  'prefix',
  'bin',
  'help',
  'doctor',
  'query',
  'login',
  'adduser',
  'logout',
  'bugs',
  'docs',
  'repo',
  'search',
  'get',
];
/** Settings that hold a secret. */
const SECRET = /auth|token|password|username|email/i;

/** npm: https://docs.npmjs.com/cli/commands */
export function npm(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = folderOf(words, call);
  const [first, second] = [words.operands[0], words.operands[1]];
  if (first === null) return [{ kind: 'unknown', why: 'what it does is not known' }];
  if (first === undefined) return [{ kind: 'checks' }];
  const rest: ParsedWords = { ...words, subcommand: first, operands: words.operands.slice(1) };
  // https://docs.npmjs.com/cli/commands/npm-link: without a name it links the package of the folder for the whole image.
  if ((first === 'link' || first === 'ln') && second === undefined) return linksItself(folder, call);
  if (INSTALLS.includes(first)) return install(call, rest);
  if (first === 'audit')
    return second === 'fix' ? install(call, { ...rest, operands: [] }) : [...caches(call), { kind: 'checks' }];
  if (CHECKS.includes(first)) return [...caches(call), { kind: 'checks' }];
  if (first === 'cache') return emptied(call);
  if (first === 'config' || first === 'c' || first === 'set') {
    const [action, key] = first === 'set' ? ['set', second] : [second, words.operands[2]];
    if (action === 'get' || action === 'list' || action === 'ls') return [{ kind: 'checks' }];
    const file: BuildEffect = { kind: 'writes', path: resolvePath(call.home, '.npmrc'), tree: false };
    if (isGlobal(words)) return [{ kind: 'restate', why: 'changes the settings of the package manager' }];
    // A token serves the installs of the build.
    return SECRET.test(key ?? '')
      ? [{ kind: 'program-data', path: resolvePath(call.home, '.npmrc'), programs: ['npm', 'npx', 'yarn', 'pnpm'] }]
      : [{ kind: 'restate', why: 'changes the settings of the package manager' }, file];
  }
  if (first === 'pack') return packs(folder, call, words);
  if (first === 'pkg' || first === 'init')
    return second === 'get' ? [{ kind: 'checks' }] : [{ kind: 'builds-in-place', folder }];
  if (first === 'exec' || first === 'x') {
    const at = call.argv.indexOf(first);
    return [
      ...caches(call),
      ...runs(scriptOf(commandBehind(call.argv.slice(at), ['-p', '--package'])), folder, call.files),
    ];
  }
  const isRun = ['run', 'run-script', 'rum', 'urn'].includes(first);
  const name = isRun ? second : ['start', 'stop', 'restart'].includes(first) ? first : undefined;
  if (name === undefined && isRun) return [{ kind: 'checks' }];
  if (name === null) return [{ kind: 'unknown', why: 'the script it runs is not known' }];
  if (name === undefined) return [{ kind: 'unknown', why: `nothing is known of npm ${first}` }];
  const named = ['-w', '--workspace'].flatMap((flag) => words.flags.get(flag) ?? []);
  if (named.length > 0 || words.flags.has('--workspaces') || words.flags.has('-ws'))
    return runInPackages(
      name,
      folder,
      call,
      named.map((one) => (typeof one === 'string' ? one : null)),
    );
  // https://docs.npmjs.com/cli/commands/npm-run-script: arguments follow a `--`.
  const dashes = call.argv.indexOf('--');
  return runScript(name, folder, call, dashes < 0 ? [] : call.argv.slice(dashes + 1));
}
