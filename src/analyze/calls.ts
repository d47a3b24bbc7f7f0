import type { CommandEntry, Effect } from '../knowledge/command.ts';
import { commandEntry } from '../knowledge/commands.ts';
import { type BuildEffect, type Ecosystem, parseWords, type ToolCall } from '../knowledge/ecosystem.ts';
import { isSettingsScript, toolRules } from '../knowledge/ecosystems.ts';
import { parseShell } from '../syntax/parse-shell.ts';
import { baseName, resolvePath } from '../syntax/paths.ts';
import type { ShellNode } from '../syntax/shell.ts';
import {
  type CommandFacts,
  redirectTargets,
  type Scope,
  SHELLS,
  type ShellWorld,
  value,
  type Walk,
  written,
} from './shell-world.ts';

const MAX_DEPTH = 6;
const SILENT = new Set([
  'set',
  ':',
  'true',
  'false',
  'exit',
  'umask',
  'trap',
  'shopt',
  'alias',
  'unalias',
  'unset',
  'type',
  'hash',
  'wait',
  'return',
  'break',
  'continue',
  'shift',
  'ulimit',
  'let',
  '[',
  'test',
  'command',
  'read',
  'local',
  'readonly',
  'declare',
  'typeset',
  'getopts',
  'times',
  'builtin',
  'hash',
  'jobs',
  'pushd',
  'popd',
  'bg',
  'fg',
  'history',
]);
const WRAPPERS: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u', '-g', '-H'],
  env: ['-u'],
  time: [],
  exec: [],
  nice: ['-n'],
  nohup: [],
  command: [],
  gosu: [],
  'su-exec': [],
  chroot: [],
  timeout: [],
  xvfb: [],
  ionice: ['-c', '-n'],
};

/** What one simple command does: a wrapper is looked through, a script is read, anything else the knowledge is asked. */
export function command(
  node: Extract<ShellNode, { kind: 'command' }>,
  world: ShellWorld,
  scope: Scope,
  found: CommandFacts[],
  top: number,
  walk: Walk,
): void {
  const span = { start: world.at(node.span.start), end: world.at(node.span.end) };
  let words = node.words.map((word) => ({
    value: value(word, world, scope),
    span: { start: world.at(word.span.start), end: world.at(word.span.end) },
  }));
  const own = new Map<string, string | null>();
  for (const assignment of node.assignments) {
    const given = assignment.value === null ? '' : value(assignment.value, world, scope);
    (words.length === 0 ? scope.variables : own).set(assignment.name, assignment.append ? null : given);
  }
  for (let strip = true; strip && words.length > 0; ) {
    const name = words[0]?.value ?? null;
    strip = name !== null && WRAPPERS[name] !== undefined && words.length > 1 && !words[1]?.value?.startsWith('--');
    if (!strip || (name === 'command' && words[1]?.value?.startsWith('-'))) break;
    let at = 1;
    while (at < words.length && /^(-|\w+=)/.test(words[at]?.value ?? '')) {
      const flag = words[at]?.value ?? '';
      const assigned = /^(\w+)=([\s\S]*)$/.exec(flag);
      if (assigned !== null) own.set(assigned[1] as string, assigned[2] as string);
      at += WRAPPERS[name as string]?.includes(flag) ? 2 : 1;
    }
    if (name === 'gosu' || name === 'su-exec' || name === 'timeout') at++;
    words = words.slice(at);
  }
  const argv = words.map((word) => word.value);
  const base = {
    span,
    argv,
    words: words.map((word) => word.span),
    cwd: scope.cwd,
    certain: scope.certain,
    top: top < 0 ? null : top,
  };
  const files = redirectTargets(node.redirects, world, scope);
  const add = (
    effects: readonly BuildEffect[],
    entry: string,
    says: string,
    ecosystem: Ecosystem | null = null,
  ): void => {
    found.push({
      ...base,
      effects: [...effects, ...files.map((path) => written(path, scope))],
      entry,
      says,
      ecosystem,
    });
  };
  const name = argv[0];
  if (name === undefined)
    return files.length > 0
      ? add([], 'commands/shell#redirect', 'writes a file')
      : add([], 'commands/shell#assignment', 'sets a variable');
  if (name === null)
    return add(
      [{ kind: 'unknown', why: 'the program it runs is not known' }],
      'commands/shell',
      'runs a program whose name is not known',
    );
  if (name === 'cd') {
    const to = argv.filter((word) => word !== '-P' && word !== '-L' && word !== '--')[1];
    scope.cwd =
      to === undefined
        ? world.home
        : to === null || to === '-' || (scope.cwd === null && !to.startsWith('/'))
          ? null
          : resolvePath(scope.cwd ?? '/', to);
    return add([], 'commands/shell#cd', 'changes the folder');
  }
  if (name === 'export') {
    for (const word of argv.slice(1)) {
      const assigned = /^(\w+)=([\s\S]*)$/.exec(word ?? '');
      if (assigned !== null) scope.variables.set(assigned[1] as string, assigned[2] as string);
    }
    return add([], 'commands/shell#export', 'sets a variable');
  }
  if (SILENT.has(name)) return add([], 'commands/shell#builtin', 'changes nothing in the image');
  if (SHELLS.has(baseName(name)) || name === 'su' || name === 'eval' || name === '.' || name === 'source')
    return shellCall(name, argv, { world, scope, found, base, add, walk });
  const call: ToolCall = {
    argv,
    cwd: scope.cwd ?? '/',
    home: world.home,
    user: world.user,
    image: world.image,
    files: world.files,
    memory: world.memory,
    env: (variable) =>
      own.has(variable)
        ? own.get(variable)
        : scope.variables.has(variable)
          ? scope.variables.get(variable)
          : world.lookup(variable),
  };
  const tool = baseName(name);
  const rules =
    /^\.{0,2}\//.test(name) &&
    name.startsWith('.') &&
    !['configure', 'autogen.sh', 'bootstrap', 'config', 'Configure', 'gradlew', 'mvnw'].includes(tool)
      ? []
      : toolRules(tool);
  for (const { ecosystem, rule } of rules) {
    const parsed = parseWords(argv, rule.valueFlags ?? [], rule.subcommands !== null);
    if (rule.subcommands !== null && (parsed.subcommand === null || !rule.subcommands.includes(parsed.subcommand)))
      continue;
    if (scope.cwd === null)
      return add(
        [{ kind: 'unknown', why: 'the folder it runs in is not known' }],
        `ecosystems/${ecosystem.id}#${rule.id}`,
        rule.says,
        ecosystem,
      );
    const read = rule.read(call, parsed);
    if (read === null) continue;
    const effects = read.map((effect) => absolute(effect, scope.cwd as string));
    const run = effects.find((effect) => effect.kind === 'runs');
    if (run?.kind === 'runs') {
      add(effects, `ecosystems/${ecosystem.id}#${rule.id}`, rule.says, ecosystem);
      const inFolder = { ...scope, cwd: run.folder, variables: new Map(scope.variables) };
      if (!nested(run.script, { world, scope: inFolder, found, base, add, walk }))
        add(
          [{ kind: 'unknown', why: 'what it runs cannot be read' }],
          `ecosystems/${ecosystem.id}#${rule.id}`,
          rule.says,
        );
      return;
    }
    return add(effects, `ecosystems/${ecosystem.id}#${rule.id}`, rule.says, ecosystem);
  }
  if (rules.length > 0 && argv.length === 1)
    return add([{ kind: 'checks' }], `ecosystems/${rules[0]?.ecosystem.id}`, 'prints its help');
  const entry: CommandEntry | null =
    name.includes('/') && !/^\/(usr\/(local\/)?)?s?bin\//.test(name) ? null : commandEntry(tool);
  if (entry !== null) {
    const effects = entry.read({
      argv,
      cwd: scope.cwd,
      home: world.home,
      user: world.user,
      distribution: world.image?.distribution ?? null,
      redirectTo: files[0] ?? null,
    });
    return add(
      effects.map((effect) => absolute(effect, scope.cwd)),
      entry.entry,
      tool,
    );
  }
  if (/\//.test(name)) return contextScript(name, { world, scope, found, base, add, walk });
  add([{ kind: 'unknown', why: `nothing is known of ${tool}` }], 'commands/*', `nothing is known of ${tool}`);
}

type Base = Omit<CommandFacts, 'effects' | 'entry' | 'says' | 'ecosystem'>;
type Add = (effects: readonly BuildEffect[], entry: string, says: string) => void;

/** A call of a script with all that its commands take over. */
interface Call {
  readonly world: ShellWorld;
  readonly scope: Scope;
  readonly found: CommandFacts[];
  readonly base: Base;
  readonly add: Add;
  readonly walk: Walk;
}

/** Reads a script that is given as text or file; its commands take the span of the call. */
function nested(text: string, { world, scope, found, base, walk }: Call): boolean {
  if (scope.depth >= MAX_DEPTH) return false;
  const script = parseShell(text);
  if ('message' in script) return false;
  const inner: CommandFacts[] = [];
  if (script.body !== null)
    walk(script.body, world, { ...scope, variables: new Map(scope.variables), depth: scope.depth + 1 }, inner, []);
  for (const facts of inner) found.push({ ...facts, span: base.span, words: [], top: null });
  return true;
}

function shellCall(name: string, argv: readonly (string | null)[], call: Call): void {
  const { world, scope, add } = call;
  if (name === '.' || name === 'source') {
    const venv = /^(.*)\/bin\/activate$/.exec(resolvePath(scope.cwd ?? '/', argv[1] ?? ''))?.[1];
    if (venv !== undefined) world.memory.set('venv-on-path', venv);
    const harmless = venv !== undefined || isSettingsScript(argv[1] ?? '');
    return add(
      harmless ? [] : [{ kind: 'unknown', why: 'it runs a script that is not read' }],
      'commands/shell#source',
      'reads settings',
    );
  }
  const flagged = argv.findIndex(
    (word, index) => index > 0 && word !== null && /^(-[a-z]*c[a-z]*|--command)$/.test(word),
  );
  if (flagged > 0 || name === 'eval') {
    const text = name === 'eval' ? argv.slice(1).join(' ') : argv[flagged + 1];
    const inHome =
      name === 'su' ? { ...scope, cwd: argv.includes('-') || argv.includes('-l') ? suHome(argv) : scope.cwd } : scope;
    if (typeof text === 'string' && !argv.includes(null) && nested(text, { ...call, scope: inHome })) return;
    return add([{ kind: 'unknown', why: 'the script it runs cannot be read' }], 'commands/shell#c', 'runs a script');
  }
  const script = argv.slice(1).find((word) => word !== null && !word.startsWith('-') && !word.startsWith('+'));
  if (script == null || name === 'su' || name === 'eval')
    return add([{ kind: 'unknown', why: 'the script it runs is not known' }], 'commands/shell', 'runs a script');
  if (scope.cwd === null && !script.startsWith('/'))
    return add([{ kind: 'unknown', why: 'the script it runs is not known' }], 'commands/shell', 'runs a script');
  contextScript(script, call);
}

function suHome(argv: readonly (string | null)[]): string | null {
  const user = argv.slice(1).find((word) => word !== null && !word.startsWith('-'));
  return user === undefined || user === null ? null : user === 'root' ? '/root' : `/home/${user}`;
}

function contextScript(name: string, call: Call): void {
  const { world, scope, add } = call;
  const path = name.startsWith('/') ? name : scope.cwd === null ? null : resolvePath(scope.cwd, name);
  const text = path === null ? null : world.files.read(path);
  if (text !== null && text.trim() !== '' && /^(#!\s*\S*(sh|env \w*sh)\b|(?!#!))/.test(text) && nested(text, call))
    return;
  add(
    [
      {
        kind: 'unknown',
        why: text === null ? `${name} is not in the build context` : `${name} cannot be read as a shell script`,
      },
    ],
    'commands/shell#script',
    `runs ${name}`,
  );
}

/** Makes the paths of an effect absolute; a relative one in an unknown folder is unknown. */
function absolute(effect: BuildEffect | Effect, cwd: string | null): BuildEffect {
  const fields = ['path', 'from', 'to', 'folder'] as const;
  const entries = Object.entries(effect);
  const known = entries.filter(
    ([key, path]) => (fields as readonly string[]).includes(key) && typeof path === 'string',
  );
  if (known.length === 0) return effect;
  if (cwd === null && known.some(([, path]) => !(path as string).startsWith('/')))
    return { kind: 'unknown', why: 'the folder it works in is not known' };
  return {
    ...effect,
    ...Object.fromEntries(
      known.map(([key, path]) => [
        key,
        `${resolvePath(cwd ?? '/', path as string)}${/[^/]\/$/.test(path as string) ? '/' : ''}`,
      ]),
    ),
  } as BuildEffect;
}
