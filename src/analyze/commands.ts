import type { CommandEntry, Effect } from '../knowledge/command.ts';
import { commandEntry } from '../knowledge/commands.ts';
import {
  type BuildEffect,
  type Ecosystem,
  type ImageFiles,
  parseWords,
  type ToolCall,
} from '../knowledge/ecosystem.ts';
import { toolRules } from '../knowledge/ecosystems.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import { installerEffects } from '../knowledge/installers.ts';
import type { Span } from '../syntax/document.ts';
import { parseShell } from '../syntax/parse-shell.ts';
import { baseName, resolvePath } from '../syntax/paths.ts';
import type { ShellNode, ShellRedirect, ShellWord } from '../syntax/shell.ts';
import { wordValue } from '../syntax/shell-value.ts';

/** One command of a RUN with what the knowledge says of it. */
export interface CommandFacts {
  /** In the original text. */
  readonly span: Span;
  readonly argv: readonly (string | null)[];
  /** The words of `argv` in the original text. */
  readonly words: readonly Span[];
  readonly cwd: string | null;
  /** It always runs; false below `||`, `if`, loops. */
  readonly certain: boolean;
  readonly effects: readonly BuildEffect[];
  /** The knowledge entry. */
  readonly entry: string;
  readonly says: string;
  readonly ecosystem: Ecosystem | null;
  /** Its place in the flat list of the RUN; null where it stands inside something else. */
  readonly top: number | null;
}

/** What the walk needs of its surroundings. */
export interface ShellWorld {
  readonly lookup: (name: string) => string | null | undefined;
  readonly cwd: string | null;
  readonly home: string;
  readonly user: string;
  readonly image: ImageFacts | null;
  readonly files: ImageFiles;
  readonly memory: Map<string, string>;
  /** From an offset of the script to the original text. */
  readonly at: (offset: number) => number;
}

interface Scope {
  cwd: string | null;
  readonly variables: Map<string, string | null>;
  readonly certain: boolean;
  readonly depth: number;
}

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
const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);
const MAX_DEPTH = 6;

/** Every simple command of a script in order of execution. */
export function readCommands(body: ShellNode | null, world: ShellWorld): CommandFacts[] {
  const found: CommandFacts[] = [];
  if (body !== null)
    walk(body, world, { cwd: world.cwd, variables: new Map(), certain: true, depth: 0 }, found, flatItems(body));
  return found;
}

/** The commands of a flat `a && b; c` list; a compound one is an item as a whole. */
export function flatItems(node: ShellNode): readonly ShellNode[] {
  if (node.kind === 'and') return [...flatItems(node.left), ...flatItems(node.right)];
  if (node.kind === 'sequence') return node.items.flatMap(flatItems);
  return [node];
}

function value(word: ShellWord, world: ShellWorld, scope: Scope): string | null {
  const text = wordValue(word, (name) =>
    scope.variables.has(name)
      ? scope.variables.get(name)
      : name === 'PWD'
        ? scope.cwd
        : name === 'HOME'
          ? world.home
          : world.lookup(name),
  );
  if (text === null) {
    if (/^\$\(pwd\)|^`pwd`/.test(word.raw) && scope.cwd !== null)
      return scope.cwd + word.raw.replace(/^\$\(pwd\)|^`pwd`/, '');
    return null;
  }
  return /^~(\/|$)/.test(word.raw) ? world.home + text.slice(1) : text;
}

function walk(
  node: ShellNode,
  world: ShellWorld,
  scope: Scope,
  found: CommandFacts[],
  tops: readonly ShellNode[],
): void {
  const maybe = (part: ShellNode): void =>
    walk(part, world, { ...scope, variables: scope.variables, certain: false }, found, tops);
  switch (node.kind) {
    case 'command': {
      command(node, world, scope, found, tops.indexOf(node));
      return;
    }
    case 'and':
      walk(node.left, world, scope, found, tops);
      walk(node.right, world, scope, found, tops);
      return;
    case 'or':
      walk(node.left, world, scope, found, tops);
      maybe(node.right);
      return;
    case 'sequence':
      for (const item of node.items) walk(item, world, scope, found, tops);
      return;
    case 'pipeline':
      pipeline(node.items, world, scope, found, tops);
      return;
    case 'subshell':
    case 'group': {
      const inner = node.kind === 'group' ? scope : { ...scope, variables: new Map(scope.variables) };
      walk(node.body, world, inner, found, tops);
      redirects(node.redirects, node.span, world, scope, found);
      return;
    }
    case 'background':
      maybe(node.body);
      return;
    case 'if':
      for (const branch of node.branches) {
        maybe(branch.test);
        maybe(branch.body);
      }
      if (node.otherwise !== null) maybe(node.otherwise);
      return;
    case 'for': {
      const items = node.items?.map((word) => value(word, world, scope)) ?? [null];
      const known = items.length <= 20 && items.every((item) => item !== null && !/[*?[{]/.test(item));
      for (const item of known ? items : [null]) {
        scope.variables.set(node.name, item);
        walk(node.body, world, { ...scope, certain: false }, found, tops);
      }
      return;
    }
    case 'while':
    case 'until':
      maybe(node.test);
      maybe(node.body);
      return;
    case 'case':
      for (const branch of node.branches) if (branch.body !== null) maybe(branch.body);
      return;
    case 'function':
      maybe(node.body);
      return;
    default:
      if (!/^\[\[|^\(\(/.test(node.raw))
        push(found, node.span, world, scope, {
          effects: [{ kind: 'unknown', why: 'this form of shell is not understood' }],
          entry: 'commands/shell',
          says: node.raw,
        });
  }
}

function push(
  found: CommandFacts[],
  span: Span,
  world: ShellWorld,
  scope: Scope,
  what: { effects: readonly BuildEffect[]; entry: string; says: string },
): void {
  found.push({
    span: { start: world.at(span.start), end: world.at(span.end) },
    argv: [],
    words: [],
    cwd: scope.cwd,
    certain: scope.certain,
    ecosystem: null,
    top: null,
    ...what,
  });
}

/** Files written by `>` and `>>`; null where the name is not known. */
function redirectTargets(list: readonly ShellRedirect[], world: ShellWorld, scope: Scope): (string | null)[] {
  return list
    .filter((redirect) => /^(&?>>?|>\|)$/.test(redirect.operator) && redirect.target !== null)
    .map((redirect) => value(redirect.target as ShellWord, world, scope))
    .filter((target) => target === null || !/^(\/dev\/|&?\d$)/.test(target));
}

function redirects(
  list: readonly ShellRedirect[],
  span: Span,
  world: ShellWorld,
  scope: Scope,
  found: CommandFacts[],
): void {
  const effects = redirectTargets(list, world, scope).map((path) => written(path, scope));
  if (effects.length > 0)
    push(found, span, world, scope, { effects, entry: 'commands/shell#redirect', says: 'writes a file' });
}

function written(path: string | null, scope: Scope): BuildEffect {
  if (path === null || (scope.cwd === null && !path.startsWith('/')))
    return { kind: 'unknown', why: 'the file it writes is not known' };
  return { kind: 'writes', path: resolvePath(scope.cwd ?? '/', path), tree: false };
}

function pipeline(
  items: readonly ShellNode[],
  world: ShellWorld,
  scope: Scope,
  found: CommandFacts[],
  tops: readonly ShellNode[],
): void {
  const last = items.at(-1);
  const first = items[0];
  const shell = last?.kind === 'command' && last.words[0] !== undefined ? value(last.words[0], world, scope) : null;
  const wrapped =
    last?.kind === 'command'
      ? last.words
          .map((word) => value(word, world, scope))
          .filter((word) => word !== 'sudo' && word !== '-E' && !/^\w+=/.test(word ?? ''))
      : [];
  if (items.length > 1 && shell !== null && SHELLS.has(baseName(wrapped[0] ?? '')) && first?.kind === 'command') {
    const source = first.words.map((word) => value(word, world, scope) ?? '').join(' ');
    const span = { start: first.span.start, end: (last as ShellNode).span.end };
    const known = installerEffects(source, world.home);
    push(
      found,
      span,
      world,
      scope,
      known ?? {
        effects: [{ kind: 'unknown', why: 'it runs a script from the network' }],
        entry: 'commands/shell#pipe',
        says: 'runs a script from the network',
      },
    );
    const facts = found.pop();
    if (facts !== undefined) found.push({ ...facts, argv: ['|', source] });
    return;
  }
  for (const item of items) walk(item, world, { ...scope, variables: new Map(scope.variables) }, found, tops);
}

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

function command(
  node: Extract<ShellNode, { kind: 'command' }>,
  world: ShellWorld,
  scope: Scope,
  found: CommandFacts[],
  top: number,
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
    return shellCall(name, argv, world, scope, found, base, add);
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
    return add(
      rule.read(call, parsed).map((effect) => absolute(effect, scope.cwd as string)),
      `ecosystems/${ecosystem.id}#${rule.id}`,
      rule.says,
      ecosystem,
    );
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
  if (/\//.test(name)) return contextScript(name, world, scope, found, base, add);
  add([{ kind: 'unknown', why: `nothing is known of ${tool}` }], 'commands/*', `nothing is known of ${tool}`);
}

type Base = Omit<CommandFacts, 'effects' | 'entry' | 'says' | 'ecosystem'>;
type Add = (effects: readonly BuildEffect[], entry: string, says: string) => void;

/** Reads a script that is given as text or file; its commands take the span of the call. */
function nested(text: string, world: ShellWorld, scope: Scope, found: CommandFacts[], base: Base): boolean {
  if (scope.depth >= MAX_DEPTH) return false;
  const script = parseShell(text);
  if ('message' in script) return false;
  const inner: CommandFacts[] = [];
  if (script.body !== null)
    walk(script.body, world, { ...scope, variables: new Map(scope.variables), depth: scope.depth + 1 }, inner, []);
  for (const facts of inner) found.push({ ...facts, span: base.span, words: [], top: null });
  return true;
}

function shellCall(
  name: string,
  argv: readonly (string | null)[],
  world: ShellWorld,
  scope: Scope,
  found: CommandFacts[],
  base: Base,
  add: Add,
): void {
  if (name === '.' || name === 'source') {
    const venv = /^(.*)\/bin\/activate$/.exec(resolvePath(scope.cwd ?? '/', argv[1] ?? ''))?.[1];
    if (venv !== undefined) world.memory.set('venv-on-path', venv);
    const harmless =
      venv !== undefined ||
      /(\.cargo\/env|nvm\.sh|\.bashrc|\.profile|\/etc\/os-release|\/etc\/lsb-release|apache2\/envvars)$/.test(
        argv[1] ?? '',
      );
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
    if (typeof text === 'string' && !argv.includes(null) && nested(text, world, inHome, found, base)) return;
    return add([{ kind: 'unknown', why: 'the script it runs cannot be read' }], 'commands/shell#c', 'runs a script');
  }
  const script = argv.slice(1).find((word) => word !== null && !word.startsWith('-') && !word.startsWith('+'));
  if (script == null || name === 'su' || name === 'eval')
    return add([{ kind: 'unknown', why: 'the script it runs is not known' }], 'commands/shell', 'runs a script');
  if (scope.cwd === null && !script.startsWith('/'))
    return add([{ kind: 'unknown', why: 'the script it runs is not known' }], 'commands/shell', 'runs a script');
  contextScript(script, world, scope, found, base, add);
}

function suHome(argv: readonly (string | null)[]): string | null {
  const user = argv.slice(1).find((word) => word !== null && !word.startsWith('-'));
  return user === undefined || user === null ? null : user === 'root' ? '/root' : `/home/${user}`;
}

function contextScript(
  name: string,
  world: ShellWorld,
  scope: Scope,
  found: CommandFacts[],
  base: Base,
  add: Add,
): void {
  const path = name.startsWith('/') ? name : scope.cwd === null ? null : resolvePath(scope.cwd, name);
  const text = path === null ? null : world.files.read(path);
  if (
    text !== null &&
    text.trim() !== '' &&
    /^(#!\s*\S*(sh|env \w*sh)\b|(?!#!))/.test(text) &&
    nested(text, world, scope, found, base)
  )
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
