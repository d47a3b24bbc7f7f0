import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { readLock } from '../npm-lock.ts';
import { BUILDERS, type Manifest, strangerIn } from '../package-json.ts';
import { gypLibraries, isSelfContained, npmLibraries, npmPrograms } from '../packages/npm-native.ts';

const VALUE_FLAGS = [
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
  '--workspace',
  '-w',
  '--loglevel',
  '--network-concurrency',
  '--mutex',
];

function manifestOf(folder: string, call: ToolCall): Manifest | null {
  try {
    const value: unknown = JSON.parse(call.files.read(resolvePath(folder, 'package.json')) ?? '');
    return typeof value === 'object' && value !== null ? (value as Manifest) : null;
  } catch {
    return null;
  }
}

/** https://docs.npmjs.com/cli/commands/npm-run-script: yarn and pnpm run scripts without `run` too. */
function scriptOf(
  argv: readonly (string | null)[],
  folder: string,
  files: ToolCall['files'],
): string | null | undefined {
  if (!['npm', 'yarn', 'pnpm'].includes(argv[0] ?? '')) return undefined;
  const words = argv.slice(1).filter((word) => word !== null && !word.startsWith('-'));
  const wanted = words[0] === 'run' || words[0] === 'run-script' ? words[1] : words[0];
  if (wanted == null) return undefined;
  try {
    const { scripts } = JSON.parse(files.read(resolvePath(folder, 'package.json')) ?? '') as Manifest;
    const script = scripts?.[wanted];
    // Without a start script npm runs server.js.
    if (wanted === 'start' && script === undefined) return 'node server.js';
    return typeof script === 'string' ? script : undefined;
  } catch {
    return null;
  }
}

function folderOf(words: ParsedWords, call: ToolCall): string {
  for (const flag of ['--prefix', '-C', '--cwd', '--dir']) {
    const value = words.flags.get(flag);
    if (typeof value === 'string') return resolvePath(call.cwd, value);
  }
  return call.cwd;
}

function caches(call: ToolCall): BuildEffect[] {
  return [
    { kind: 'cache', path: resolvePath(call.home, '.npm') },
    { kind: 'cache', path: resolvePath(call.home, '.cache') },
    { kind: 'cache', path: '/usr/local/share/.cache' },
    { kind: 'cache', path: resolvePath(call.home, '.local/share/pnpm/store') },
  ];
}

/** What a command that empties the caches does. */
function emptied(call: ToolCall): BuildEffect[] {
  return caches(call).flatMap((effect) => (effect.kind === 'cache' ? [{ kind: 'deletes', path: effect.path }] : []));
}

/** Runs a script of package.json: known builders write below the project, anything else is assumed to. */
function runScript(name: string, folder: string, call: ToolCall): BuildEffect[] {
  const effects: BuildEffect[] = [...caches(call), { kind: 'builds-in-place', folder }];
  const scripts = manifestOf(folder, call)?.scripts ?? null;
  const bodies =
    scripts === null
      ? []
      : [`pre${name}`, name, `post${name}`].map((key) => scripts[key]).filter((body) => typeof body === 'string');
  if (scripts === null || bodies.length === 0) {
    return [
      ...effects,
      { kind: 'assumes', code: 'DF202', args: { command: `the package script ${name}`, where: folder } },
    ];
  }
  const stranger = bodies.map((body) => strangerIn(body, scripts)).find((found) => found !== null);
  return stranger === undefined
    ? effects
    : [...effects, { kind: 'assumes', code: 'DF202', args: { command: stranger ?? '', where: folder } }];
}

/** What the installed packages need beyond their own files. */
function needs(folder: string, call: ToolCall): BuildEffect[] {
  const lock = readLock((name) => call.files.read(resolvePath(folder, name)) ?? '');
  const { dependencies = {} } = manifestOf(folder, call) ?? {};
  const names = [...new Set([...(lock?.names ?? []), ...Object.keys(dependencies)])];
  const programs = names.flatMap(npmPrograms);
  const scripted = [...(lock?.scripted ?? [])].filter((name) => !isSelfContained(name));
  // A package that lies in the project itself can be read.
  const own = scripted.map((name) => {
    const gyp = call.files.read(resolvePath(folder, `${name}/binding.gyp`));
    return { name, linked: gyp === null ? null : gypLibraries(gyp) };
  });
  const strangers = own.filter(({ linked }) => linked === null).map(({ name }) => name);
  const libraries = [...names.flatMap(npmLibraries), ...own.flatMap(({ linked }) => linked ?? [])];
  return [
    ...(libraries.length > 0
      ? [{ kind: 'needs-libraries', packages: libraries, because: 'npm packages' } as const]
      : []),
    ...programs.map((program) => ({ kind: 'starts', program }) as const),
    ...strangers.map(
      (name) => ({ kind: 'assumes', code: 'DF307', args: { what: `the npm package ${name}` } }) as const,
    ),
  ];
}

/** Scripts of the package itself that an install runs: https://docs.npmjs.com/cli/using-npm/scripts#npm-install */
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

function installed(folder: string, call: ToolCall): BuildEffect[] {
  const manifest = manifestOf(folder, call);
  const modules = `${folder === '/' ? '' : folder}/node_modules`;
  const builds = manifest === null || LIFECYCLE.some((name) => manifest.scripts?.[name] !== undefined);
  return [
    ...caches(call),
    { kind: 'dependencies', path: modules },
    ...(builds && folder !== '/' ? [{ kind: 'builds-in-place', folder } as const] : []),
    // The root folder cannot be carried over as a whole.
    ...(builds && folder === '/'
      ? [
          {
            kind: 'assumes',
            code: 'DF202',
            args: { command: 'the install scripts of package.json', where: modules },
          } as const,
        ]
      : []),
    ...needs(folder, call),
  ];
}

function install(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const global = words.flags.has('-g') || words.flags.has('--global') || words.flags.get('--location') === 'global';
  if (global) return [...caches(call), { kind: 'restate', why: 'installs programs for the whole image' }];
  return installed(folderOf(words, call), call);
}

function yarn(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = folderOf(words, call);
  const [first, second] = [words.operands[0] ?? null, words.operands[1] ?? null];
  if (
    words.operands.length === 0 ||
    first === 'install' ||
    first === 'add' ||
    first === 'rebuild' ||
    first === 'dedupe'
  )
    return installed(folder, call);
  if (first === null) return [{ kind: 'unknown', why: 'the script it runs is not known' }];
  if (first === 'global') return [...caches(call), { kind: 'restate', why: 'installs programs for the whole image' }];
  if (first === 'cache') return emptied(call);
  if (['config', 'set', 'policies', '--version', 'check', 'audit', 'list', 'info'].includes(first))
    return [...caches(call), { kind: 'checks' }];
  if (first === 'workspace' || first === 'workspaces')
    return [
      ...caches(call),
      { kind: 'builds-in-place', folder },
      { kind: 'assumes', code: 'DF202', args: { command: `yarn ${first}`, where: folder } },
    ];
  const script = first === 'run' ? second : first;
  if (script === null) return [{ kind: 'unknown', why: 'the script it runs is not known' }];
  if (BUILDERS.has(script) && manifestOf(folder, call)?.scripts?.[script] === undefined)
    return [...caches(call), { kind: 'builds-in-place', folder }];
  return runScript(script, folder, call);
}

function run(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const script = words.operands[0];
  if (script === undefined || script === null) return [{ kind: 'unknown', why: 'the script it runs is not known' }];
  return runScript(script, folderOf(words, call), call);
}

function runProgram(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const program = words.operands[0] ?? null;
  const where = folderOf(words, call);
  const effects: BuildEffect[] = [...caches(call), { kind: 'builds-in-place', folder: where }];
  if (program !== null && BUILDERS.has(baseName(program.replace(/(?<=.)@.*$/, '')))) return effects;
  return [...effects, { kind: 'assumes', code: 'DF202', args: { command: program ?? 'npx', where } }];
}

/** Node.js with npm, yarn and pnpm: https://docs.npmjs.com/cli, https://yarnpkg.com/cli, https://pnpm.io/cli/install */
export const node: Ecosystem = {
  id: 'node',
  docs: 'https://docs.npmjs.com/cli',
  interpreted: true,
  compileInput: () => false,
  scriptOf,
  rules: [
    {
      id: 'install',
      tools: ['npm', 'cnpm'],
      subcommands: [
        'ci',
        'install',
        'i',
        'add',
        'clean-install',
        'install-clean',
        'rebuild',
        'update',
        'link',
        'install-test',
        'dedupe',
      ],
      valueFlags: VALUE_FLAGS,
      says: 'installs the dependencies',
      read: install,
    },
    {
      id: 'install',
      tools: ['pnpm', 'bun'],
      subcommands: ['install', 'i', 'add', 'rebuild', 'fetch', 'update'],
      valueFlags: VALUE_FLAGS,
      says: 'installs the dependencies',
      read: install,
    },
    {
      id: 'prune',
      tools: ['npm', 'pnpm'],
      subcommands: ['prune'],
      valueFlags: VALUE_FLAGS,
      says: 'drops development dependencies',
      read: (call, words) => installed(folderOf(words, call), call),
    },
    {
      id: 'check',
      tools: ['npm', 'pnpm'],
      subcommands: [
        'cache',
        'config',
        'set',
        'audit',
        'ls',
        'list',
        'test',
        't',
        'version',
        'view',
        'fund',
        'store',
        'pkg',
        'whoami',
        'outdated',
      ],
      valueFlags: VALUE_FLAGS,
      says: 'touches only caches and settings of the package manager',
      read: (call, words) =>
        words.subcommand === 'config' || words.subcommand === 'set'
          ? [{ kind: 'writes', path: resolvePath(call.home, '.npmrc'), tree: false }]
          : words.subcommand === 'cache' || words.subcommand === 'store'
            ? emptied(call)
            : [...caches(call), { kind: 'checks' }],
    },
    {
      id: 'run',
      tools: ['npm', 'pnpm', 'bun'],
      subcommands: ['run', 'run-script'],
      valueFlags: VALUE_FLAGS,
      says: 'runs a script of package.json',
      read: run,
    },
    {
      id: 'run',
      tools: ['pnpm'],
      subcommands: ['build', 'exec', '-r', 'dlx'],
      valueFlags: VALUE_FLAGS,
      says: 'runs a script of package.json',
      read: (call, words) =>
        words.subcommand === 'build' ? runScript('build', folderOf(words, call), call) : runProgram(call, words),
    },
    {
      id: 'yarn',
      tools: ['yarn', 'yarnpkg'],
      subcommands: null,
      valueFlags: VALUE_FLAGS,
      says: 'runs yarn',
      read: yarn,
    },
    {
      id: 'corepack',
      tools: ['corepack'],
      subcommands: null,
      says: 'sets up the package manager',
      read: () => [{ kind: 'restate', why: 'puts the package manager on the PATH' }],
    },
    {
      id: 'npx',
      tools: ['npx', 'bunx'],
      subcommands: null,
      valueFlags: ['-p', '--package'],
      says: 'runs a program of the dependencies',
      read: runProgram,
    },
    {
      id: 'builder',
      tools: [...BUILDERS].filter((name) => name !== 'bun'),
      subcommands: null,
      says: 'builds below its folder',
      read: (call) => [...caches(call), { kind: 'builds-in-place', folder: call.cwd }],
    },
  ],
};
