import type { CommandEntry, Effect } from '../knowledge/command.ts';
import { commandEntry } from '../knowledge/commands.ts';
import { type BuildEffect, type Ecosystem, parseWords, type ToolCall } from '../knowledge/ecosystem.ts';
import { isInstalledProgram, isProjectScript, packageProgram, toolRules } from '../knowledge/ecosystems.ts';
import { readOwnCommand } from '../knowledge/own-command.ts';
import { baseName, resolvePath } from '../syntax/paths.ts';
import type { ShellNode } from '../syntax/shell.ts';
import type { SimpleCommand } from '../syntax/walk-shell.ts';
import { fetchedInstaller, rememberFetched } from './fetched-scripts.ts';
import { maskedFolders } from './masked-folders.ts';
import { remember } from './remembered.ts';
import {
  argumentsOf,
  asksForHelp,
  type Call,
  contextScript,
  isShellCall,
  MAX_DEPTH,
  nested,
  setArguments,
  shellCall,
} from './script-calls.ts';
import {
  branch,
  type CommandFacts,
  fields,
  given,
  outline,
  redirectSources,
  redirectTargets,
  type Scope,
  type ShellWorld,
  setPlace,
  value,
  type Walk,
  written,
} from './shell-world.ts';
import { effectsOf, substituted } from './substitutions.ts';
import { unknownPlace, withOpenOperands, withUnknownPlace } from './unknown-place.ts';
import { type Field, unwrap } from './wrappers.ts';
import { writtenText } from './written-text.ts';

const SILENT = new Set([
  'set',
  ':',
  'true',
  'false',
  'umask',
  'trap',
  'shopt',
  'alias',
  'unalias',
  'type',
  'wait',
  'break',
  'continue',
  'shift',
  'ulimit',
  'let',
  '[',
  '[[',
  'test',
  'getopts',
  'times',
  'hash',
  'jobs',
  'bg',
  'fg',
  'history',
]);
const DECLARATIONS = new Set(['export', 'local', 'readonly', 'declare', 'typeset']);

/** The rules of a program; a path is a script of the project, unless an ecosystem knows its name. */
function rulesOf(name: string): ReturnType<typeof toolRules> {
  const tool = baseName(name);
  const isKnown = isProjectScript(tool) || isInstalledProgram(name);
  return name.startsWith('.') && name.includes('/') && !isKnown ? [] : toolRules(tool);
}

/** `./manage.py migrate` is `python manage.py migrate` where that is what its first line says. */
function interpreted<W extends { readonly value: string | null; readonly raw: string }>(
  words: readonly W[],
  world: ShellWorld,
  { cwd }: Scope,
): readonly W[] {
  const [first] = words;
  const name = first?.value;
  if (first === undefined || !name?.includes('/') || rulesOf(name).length > 0) return words;
  const packaged = packageProgram(name);
  if (packaged !== null) return [{ ...first, value: packaged }, ...words.slice(1)];
  const path = name.startsWith('/') ? name : cwd === null ? null : resolvePath(cwd, name);
  const text = path === null ? null : world.files.read(path);
  const [, program = '', argument = ''] = /^#![ \t]*(\S+)(?:[ \t]+(\S+))?/.exec(text ?? '') ?? [];
  const interpreter = baseName(program.endsWith('/env') ? argument : program);
  if (isShellCall(interpreter) || toolRules(interpreter).length === 0) return words;
  return [{ ...first, value: interpreter, raw: interpreter }, ...words];
}

/** What one simple command does, and what the shell runs for its words. */
export function command(
  node: SimpleCommand,
  surroundings: ShellWorld,
  scope: Scope,
  found: CommandFacts[],
  walk: Walk,
): void {
  const { words, assignments, redirects } = node;
  const targets = redirects.flatMap(({ target, expanded }) => target ?? expanded ?? []);
  const read = [...assignments.flatMap((assignment) => assignment.value ?? []), ...words, ...targets];
  const inner = substituted(read, surroundings, scope, walk);
  const facts: CommandFacts[] = [];
  const outputs = redirectTargets(redirects, surroundings, scope).map((path) => written(path, scope));
  const { cwd, certain } = scope;
  simple(node, surroundings, scope, facts, walk, inner);
  // A function or a script is known by its own commands: what its words are made by stands before them.
  if (inner.length > 0 && !facts.some((one) => one.substituted === inner)) {
    const span = { start: surroundings.at(node.span.start), end: surroundings.at(node.span.end) };
    found.push(...inner.map((one) => ({ ...one, span, words: [] })));
  }
  found.push(...facts);
  // Nor do those commands tell what the output of all of them goes to.
  const isTold = (path: string): boolean =>
    facts.some(({ effects }) => effects.some((effect) => 'path' in effect && effect.path === path));
  const told = outputs.filter((effect) => effect.kind === 'writes' && facts.length > 0 && !isTold(effect.path));
  if (told.length > 0) {
    const span = { start: surroundings.at(node.span.start), end: surroundings.at(node.span.end) };
    const kind = { entry: 'commands/shell#redirect', says: 'writes a file', ecosystem: null, user: surroundings.user };
    found.push({ span, argv: [], words: [], cwd, certain, scripts: [], effects: told, substituted: [], ...kind });
  }
}

/** What a variable puts before a package manager decides as whom it runs: `$SUDO apt-get install`. */
function withoutPrefix(words: readonly Field[]): readonly Field[] {
  const [first, second] = words;
  const isManager = commandEntry(second?.value ?? '')?.entry.startsWith('commands/packages#') ?? false;
  return first?.value === null && /^\$\{?\w+\}?$/.test(first.raw) && isManager ? words.slice(1) : words;
}

/** A wrapper is looked through, a script is read, of anything else the knowledge is asked. */
function simple(
  node: SimpleCommand,
  surroundings: ShellWorld,
  scope: Scope,
  found: CommandFacts[],
  walk: Walk,
  inner: readonly CommandFacts[],
): void {
  const at = ({ start, end }: { start: number; end: number }): { start: number; end: number } => ({
    start: surroundings.at(start),
    end: surroundings.at(end),
  });
  const all = node.words.flatMap((word) => {
    const span = at(word.span);
    return fields(word, surroundings, scope).map((field) => ({
      value: field,
      outline: field === null ? outline(word, surroundings, scope) : null,
      raw: word.raw,
      span,
    }));
  });
  const own = new Map<string, string | null>();
  for (const assignment of node.assignments) {
    const given = assignment.value === null ? '' : value(assignment.value, surroundings, scope);
    if (all.length === 0) setPlace(assignment.name, assignment.value?.raw ?? '', given, scope);
    const before = assignment.append ? (scope.variables.get(assignment.name) ?? null) : '';
    const whole = given === null || before === null ? null : before + given;
    (all.length === 0 ? scope.variables : own).set(assignment.name, whole);
  }
  const { words: unwrapped, world, assigned } = unwrap(withoutPrefix(all), surroundings);
  // A wrapper of a build tool is known by what it starts, whichever shell reads it.
  const [shell, script] = unwrapped.map((word) => word.value);
  const read = shell != null && isShellCall(shell) && script != null && isProjectScript(baseName(script));
  const words = interpreted(read ? unwrapped.slice(1) : unwrapped, world, scope);
  for (const [variable, given] of assigned) own.set(variable, given);
  const argv = words.map((word) => word.value);
  const base = {
    substituted: inner,
    span: at(node.span),
    argv,
    words: words.map((word) => word.span),
    cwd: scope.cwd,
    user: world.user,
    certain: scope.certain,
    scripts: [],
  };
  const files = redirectTargets(node.redirects, world, scope);
  const sources = redirectSources(node.redirects, world, scope);
  const text = files.length === 1 ? writtenText(node, argv, world, scope) : null;
  const add = (
    effects: readonly BuildEffect[],
    entry: string,
    says: string,
    ecosystem: Ecosystem | null = null,
  ): void => {
    // Spelled out: V8 gives each object of `{ ...base, effects }` a shape of its own, and whoever reads it pays for that.
    found.push({
      substituted: inner,
      span: base.span,
      argv,
      words: base.words,
      cwd: base.cwd,
      user: base.user,
      certain: base.certain,
      scripts: base.scripts,
      effects: [
        ...effectsOf(inner),
        ...effects,
        ...sources,
        ...files.map((path) => written(path, scope, text, world.memory)),
      ],
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
  const call = { world, scope, found, base, add, walk, node };
  const body = scope.functions.get(name);
  if (body !== undefined) return functionCall(body, call);
  const stated = readOwnCommand(world.own, { argv, cwd: scope.cwd, home: world.home });
  if (stated !== null)
    return add(
      stated.effects.map((effect) => absolute(effect, scope.cwd)),
      stated.entry,
      stated.says,
    );
  if (builtin(argv, call)) return;
  const toolCall: ToolCall = {
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
          : given(variable, world, scope),
  };
  const fetched = fetchedInstaller(argv, scope.cwd, toolCall);
  if (fetched !== null) return add(fetched.effects, fetched.entry, fetched.says);
  if (isShellCall(name)) return shellCall(name, argv, call);
  const tool = baseName(name);
  const rules = rulesOf(name);
  for (const { ecosystem, rule } of rules) {
    const outlines = words.map((word) => word.outline);
    const open = rule.openFlags === undefined ? null : { outlines, flags: rule.openFlags };
    const parsed = parseWords(argv, rule.valueFlags ?? [], rule.subcommands !== null, open);
    if (rule.subcommands !== null && (parsed.subcommand === null || !rule.subcommands.includes(parsed.subcommand)))
      continue;
    const entry = `ecosystems/${ecosystem.id}#${rule.id}`;
    if (scope.cwd === null)
      return add([{ kind: 'unknown', why: 'the folder it runs in is not known' }], entry, rule.says, ecosystem);
    const told = rule.read(toolCall, parsed);
    if (told === null) continue;
    const effects = withUnknownPlace(told, unknownPlace(words, true)).map((effect) =>
      absolute(effect, scope.cwd as string),
    );
    add(effects, entry, rule.says, ecosystem);
    const run = effects.find((effect) => effect.kind === 'runs');
    if (run?.kind !== 'runs') return;
    const inFolder = { ...branch(scope), cwd: run.folder };
    // A makefile may name another shell.
    if (!nested(run.script, { ...call, scope: inFolder, world: { ...world, braces: null } }))
      add([{ kind: 'unknown', why: 'what it runs cannot be read' }], entry, rule.says);
    return;
  }
  if (rules.length > 0 && (argv.length === 1 || (argv.length === 2 && /^-v?V$/.test(argv[1] ?? ''))))
    return add([{ kind: 'checks' }], `ecosystems/${rules[0]?.ecosystem.id}`, 'prints its help or its version');
  const entry: CommandEntry | null =
    name.includes('/') && !/^\/(usr\/(local\/)?)?s?bin\//.test(name) ? null : commandEntry(tool);
  if (entry !== null) {
    const effects = entry.read({
      argv,
      outlines: words.map((word) => word.outline),
      cwd: scope.cwd,
      home: world.home,
      user: world.user,
      distribution: world.image?.distribution ?? null,
      braces: world.braces,
      redirectTo: files[0] ?? null,
      stdin: world.memory.get('stdin') ?? null,
    });
    remember(argv, effects, world.memory);
    rememberFetched(argv, effects, { cwd: scope.cwd, files, memory: world.memory });
    return add(
      [
        ...withUnknownPlace(withOpenOperands(effects, words, scope.cwd), unknownPlace(words, false)),
        ...maskedFolders(effects, scope),
      ].map((effect) => absolute(effect, scope.cwd)),
      entry.entry,
      tool,
    );
  }
  if (name.includes('/')) return contextScript(name, argv.slice(1), call);
  if (asksForHelp(argv)) return add([{ kind: 'prints' }], 'commands/*#version', 'prints what it is');
  add([{ kind: 'unknown', why: `nothing is known of ${tool}` }], 'commands/*', `nothing is known of ${tool}`);
}

/** What the shell does by itself; false for any other command. */
function builtin(argv: readonly (string | null)[], { world, scope, add, node }: Call): boolean {
  const [name, ...words] = argv as [string, ...(string | null)[]];
  const enter = (to: string | null | undefined): void => {
    scope.cwd =
      to === undefined
        ? world.home
        : to === null || to === '-' || (scope.cwd === null && !to.startsWith('/'))
          ? null
          : resolvePath(scope.cwd ?? '/', to);
  };
  if (name === 'cd' || name === 'pushd' || name === 'popd') {
    const to = words.find((word) => word === null || !/^(-[PLen]+|--|[+-]\d+)$/.test(word));
    if (name === 'pushd') scope.folders.push(scope.cwd);
    if (name === 'popd') scope.cwd = scope.folders.pop() ?? null;
    else enter(to);
    add([], 'commands/shell#cd', 'changes the folder');
    return true;
  }
  if (DECLARATIONS.has(name)) {
    for (const word of words) {
      const assigned = /^(\w+)=([\s\S]*)$/.exec(word ?? '');
      if (assigned !== null) scope.variables.set(assigned[1] as string, assigned[2] as string);
    }
    // Of `export X=$(…)` only that X changes is known, of `export $X` not even that.
    const unknown = node.words.filter((word) => value(word, world, scope) === null);
    for (const { raw } of unknown) {
      const variable = /^(\w+)=/.exec(raw)?.[1];
      for (const one of variable === undefined ? scope.variables.keys() : [variable]) scope.variables.set(one, null);
    }
    add([], 'commands/shell#export', 'sets a variable');
    return true;
  }
  if (name === 'unset' || name === 'read')
    for (const word of words)
      if (word !== null && !word.startsWith('-')) scope.variables.set(word, name === 'unset' ? '' : null);
  if (name === 'umask' && /^[0-7]{3,4}$/.test(words[0] ?? '')) scope.umask = words[0] as string;
  if (name === 'exit' || name === 'return') scope.ended = true;
  if (!SILENT.has(name) && !/^(unset|read|exit|return|command|builtin)$/.test(name)) return false;
  add([], 'commands/shell#builtin', 'changes nothing in the image');
  return true;
}

/** A function's commands stand for its call. */
function functionCall(body: ShellNode, call: Call): void {
  const { world, scope, found, base, add, walk } = call;
  if (scope.depth >= MAX_DEPTH)
    return add(
      [{ kind: 'unknown', why: 'the functions call each other too deeply' }],
      'commands/shell',
      'calls a function',
    );
  const inner: Scope = { ...scope, ended: false, depth: scope.depth + 1 };
  // `$0` stays the script's; what the caller was given is its own again behind the call.
  const before = argumentsOf(scope);
  setArguments(inner, [before.get('0') ?? null, ...base.argv.slice(1)]);
  const facts: CommandFacts[] = [];
  walk(body, world, inner, facts);
  for (const [variable, text] of before)
    if (text === undefined) scope.variables.delete(variable);
    else scope.variables.set(variable, text);
  scope.cwd = inner.cwd;
  for (const one of facts) found.push({ ...one, span: base.span, words: [] });
}

/** The fields of an effect that are paths. */
const PATHS = ['path', 'from', 'to', 'folder'] as const;
type Paths = Partial<Record<(typeof PATHS)[number], string>>;

/** Makes the paths of an effect absolute; a relative one in an unknown folder is unknown. */
function absolute(effect: BuildEffect | Effect, cwd: string | null): BuildEffect {
  const changed: Paths = {};
  for (const field of PATHS) {
    const path = (effect as Paths)[field];
    if (typeof path !== 'string') continue;
    if (cwd === null && !path.startsWith('/')) return { kind: 'unknown', why: 'the folder it works in is not known' };
    const resolved = `${resolvePath(cwd ?? '/', path)}${/[^/]\/$/.test(path) ? '/' : ''}`;
    if (resolved !== path) changed[field] = resolved;
  }
  return (Object.keys(changed).length === 0 ? effect : { ...effect, ...changed }) as BuildEffect;
}
