import type { BuildEffect } from '../knowledge/ecosystem.ts';
import { installerEffects, isInterpreter, isReadByInterpreter } from '../knowledge/installers.ts';
import type { Span } from '../syntax/document.ts';
import { resolvePath, writtenFolder } from '../syntax/paths.ts';
import type { ShellNode, ShellRedirect, ShellWord } from '../syntax/shell.ts';
import { isReadShell } from '../syntax/shell-name.ts';
import { commandsOf } from '../syntax/walk-shell.ts';
import { command } from './calls.ts';
import {
  holds,
  isQuestion,
  isTriedWhole,
  matchesCase,
  neverSucceeds,
  requiredParts,
  withoutDefaults,
} from './conditions.ts';
import {
  branch,
  type CommandFacts,
  fields,
  firstScope,
  join,
  redirectTargets,
  type Scope,
  type ShellWorld,
  value,
  written,
} from './shell-world.ts';
import { substituted } from './substitutions.ts';
import { printedText, writtenText } from './written-text.ts';

/** A `for` over more than this is read once, for any item. */
const MOST_TURNS = 20;
/** So are loops within loops of which all turns together are more. */
const MOST_REPEATS = 100;

/** Every simple command of a script in order of execution. */
export function readCommands(body: ShellNode | null, world: ShellWorld): CommandFacts[] {
  const found: CommandFacts[] = [];
  // Where the RUNs before spent it, this one says so too.
  world.budget.left = Math.max(world.budget.left, 0);
  if (body !== null) walk(body, world, firstScope(world.cwd, requiredParts(body)), found);
  return found;
}

/** The commands of a flat `a && b; c` list; a compound one is an item as a whole. */
export function flatItems(node: ShellNode): readonly ShellNode[] {
  const items: ShellNode[] = [];
  const open = [node];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    if (at.kind === 'and') open.push(at.right, at.left);
    else if (at.kind === 'sequence') for (const item of at.items.toReversed()) open.push(item);
    else items.push(at);
  return items;
}

function walk(node: ShellNode, world: ShellWorld, scope: Scope, found: CommandFacts[]): void {
  if (scope.ended) return;
  if (world.budget.left <= 0) {
    if (world.budget.left-- === 0)
      push(found, node.span, world, scope, {
        effects: [{ kind: 'unknown', why: 'the stage runs more commands than dfsplit reads' }],
        entry: 'commands/shell',
        says: 'too many commands',
      });
    return;
  }
  world.budget.left--;
  const go = (part: ShellNode | null, inner: Scope = scope): void => {
    if (part !== null) walk(part, world, inner, found);
  };
  /** One of the parts runs, or, where they do not cover every case, none. */
  const oneOf = (parts: readonly (ShellNode | null)[], exhaustive: boolean): void => {
    const ends = parts.map((part) => {
      const inner = { ...branch(scope), certain: false };
      const facts: CommandFacts[] = [];
      if (part !== null) walk(part, world, inner, facts);
      return { inner, facts };
    });
    const sure = exhaustive && scope.certain ? writtenByAll(ends.filter(({ inner }) => !inner.ended)) : new Set();
    for (const { facts } of ends)
      for (const one of facts) {
        const paths = writtenPaths(one);
        found.push(paths.length > 0 && paths.every((path) => sure.has(path)) ? { ...one, certain: true } : one);
      }
    const scopes = ends.map(({ inner }) => inner);
    join(scope, exhaustive ? scopes : [...scopes, branch(scope)]);
  };
  /** What the words of a `for` or `case` run, and the files that their patterns stand for. */
  const aside = (words: readonly ShellWord[], { start }: Span): void => {
    const span = { start, end: start + 1 };
    for (const one of substituted(words, world, scope, walk))
      found.push({ ...one, span: { start: world.at(span.start), end: world.at(span.end) }, words: [] });
    const globs = words.flatMap((word) => value(word, world, scope) ?? []).filter((one) => /[*?[]/.test(one));
    const folders = globs.map((glob) => resolvePath(scope.cwd ?? '/', writtenFolder(glob)));
    if (folders.length > 0)
      push(found, span, world, scope, {
        effects: folders.map((path) => ({ kind: 'reads', path, tree: true })),
        entry: 'commands/shell#for',
        says: 'looks for files',
      });
  };
  /** What only a build with other arguments does: its packages and accounts have their place in the container too. */
  const elsewise = (part: ShellNode | null): void => {
    const facts: CommandFacts[] = [];
    const aside = { ...world, memory: new Map(world.memory) };
    if (part !== null) walk(part, aside, { ...branch(scope), certain: false }, facts);
    found.push(
      ...facts.filter(({ effects }) => effects.some(({ kind }) => kind === 'installs' || kind === 'accounts')),
    );
  };
  const unsure = (part: ShellNode): void => {
    const inner = { ...scope, certain: false };
    go(part, inner);
    scope.cwd = inner.cwd;
  };
  switch (node.kind) {
    case 'command':
      command(node, world, scope, found, walk);
      return;
    case 'and':
    case 'or': {
      // `test -f key && make` at the end of a RUN: without a make there is no image.
      const known = node.kind === 'and' && scope.required.has(node) ? true : holds(node.left, world, scope);
      const asks = isQuestion(node.left);
      // The left of `||` may fail on the way.
      if (node.kind === 'or' && !isTriedWhole(node.left) && known === null && !neverSucceeds(node.right))
        unsure(node.left);
      else go(node.left);
      if (known === (node.kind === 'or')) {
        if (holds(node.left, withoutDefaults(world), scope) === null) elsewise(node.right);
        return;
      }
      if (known !== null || (node.kind === 'and' && !asks)) go(node.right);
      else oneOf([node.right], false);
      return;
    }
    case 'sequence':
      for (const item of node.items) go(item);
      return;
    case 'pipeline':
      pipeline(node.items, world, scope, found);
      return;
    case 'subshell':
    case 'group': {
      const text = node.redirects.length === 0 ? null : printedText(node.body, world, scope);
      go(node.body, node.kind === 'group' ? scope : branch(scope));
      redirects(node.redirects, node.span, world, scope, found, text);
      return;
    }
    case 'background':
      oneOf([node.body], false);
      return;
    case 'if': {
      const open: ShellNode[] = [];
      const bodies = node.branches.map(({ body }) => body);
      const behind = (body: ShellNode): ShellNode[] => bodies.slice(bodies.indexOf(body) + 1);
      for (const { test, body } of node.branches) {
        const known = holds(test, world, scope);
        if (open.length === 0) go(test);
        else unsure(test);
        const moves = known !== null && holds(test, withoutDefaults(world), scope) === null;
        if (known === false) {
          if (moves) elsewise(body);
          continue;
        }
        open.push(body);
        if (known !== true) continue;
        if (moves) for (const other of [...behind(body), node.otherwise]) elsewise(other);
        return open.length === 1 ? go(body) : oneOf(open, true);
      }
      if (open.length === 0) go(node.otherwise);
      else oneOf([...open, ...(node.otherwise === null ? [] : [node.otherwise])], node.otherwise !== null);
      return;
    }
    case 'for': {
      aside(node.items ?? [], node.span);
      const items = node.items?.flatMap((word) => fields(word, world, scope)) ?? [null];
      const repeats = scope.repeats * items.length;
      const few = items.length <= MOST_TURNS && repeats <= MOST_REPEATS;
      if (!few || !items.every((item) => item !== null && !/[*?[{]/.test(item))) return loop([node.body], node.name);
      const around = scope.repeats;
      scope.repeats = repeats;
      for (const item of items) {
        scope.variables.set(node.name, item);
        go(node.body);
      }
      scope.repeats = around;
      return;
    }
    case 'while':
    case 'until':
      return loop([node.test, node.body], null);
    case 'case': {
      aside([node.subject], node.span);
      const subject = value(node.subject, world, scope);
      const bodies = node.branches.map(({ body, patterns }) => ({
        body,
        patterns: patterns.map((pattern) => value(pattern, world, scope)),
      }));
      const isOther = ({ patterns }: (typeof bodies)[number]): boolean => patterns.includes('*');
      if (subject === null || bodies.some(({ patterns }) => patterns.includes(null)))
        return oneOf(
          bodies.map(({ body }) => body),
          bodies.some(isOther),
        );
      const taken = bodies.find(({ patterns }) => patterns.some((one) => matchesCase(subject, one ?? '')));
      if (value(node.subject, withoutDefaults(world), scope) === null)
        for (const other of bodies) if (other !== taken) elsewise(other.body);
      return go(taken?.body ?? null);
    }
    case 'function':
      scope.functions.set(node.name, node.body);
      push(found, node.span, world, scope, {
        effects: [],
        entry: 'commands/shell#function',
        says: 'defines a function',
      });
      return;
    default:
      if (!/^\(\(/.test(node.raw))
        push(found, node.span, world, scope, {
          effects: [{ kind: 'unknown', why: 'this form of shell is not understood' }],
          entry: 'commands/shell',
          says: node.raw,
        });
  }

  /** Some turns, or none: what a turn changes is not known at its start nor behind the loop. */
  function loop(parts: readonly ShellNode[], variable: string | null): void {
    const turn = { ...branch(scope), certain: false };
    for (const name of [...parts.flatMap(assignedNames), ...(variable === null ? [] : [variable])])
      turn.variables.set(name, null);
    if (parts.some(changesFolder)) turn.cwd = null;
    for (const part of parts) go(part, turn);
    join(scope, [{ ...turn, ended: false }, branch(scope)]);
  }
}

/** Where a command leaves something. */
const writtenPaths = ({ effects }: CommandFacts): string[] =>
  effects.flatMap((effect) => {
    if (/^(deletes|thins|reads|owns|compiles|checks)$/.test(effect.kind)) return [];
    const { path, to, folder } = effect as { path?: string; to?: string; folder?: string };
    return [path, to, folder].filter((one) => one !== undefined);
  });

/** Paths that are written whichever branch is taken. */
function writtenByAll(branches: readonly { readonly facts: readonly CommandFacts[] }[]): ReadonlySet<string> {
  const [first, ...others] = branches.map(({ facts }) => new Set(facts.flatMap(writtenPaths)));
  return new Set([...(first ?? [])].filter((path) => others.every((paths) => paths.has(path))));
}

const DECLARATIONS = new Set(['export', 'local', 'declare', 'readonly', 'typeset', 'read', 'eval']);

/** Variables that a node may set. */
const assignedNames = (node: ShellNode): string[] =>
  [...commandsOf(node)].flatMap(({ words, assignments }) => [
    ...assignments.map(({ name }) => name),
    ...(DECLARATIONS.has(words[0]?.raw ?? '') ? words.slice(1).map(({ raw }) => raw.replace(/=.*$/s, '')) : []),
  ]);

const changesFolder = (node: ShellNode): boolean =>
  [...commandsOf(node)].some(({ words }) => /^(cd|pushd|popd|eval)$/.test(words[0]?.raw ?? ''));

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
    user: world.user,
    certain: scope.certain,
    scripts: [],
    ecosystem: null,
    substituted: [],
    ...what,
  });
}

function redirects(
  list: readonly ShellRedirect[],
  span: Span,
  world: ShellWorld,
  scope: Scope,
  found: CommandFacts[],
  text: string | null = null,
): void {
  const isWhole = list.length === 1 && list[0]?.operator === '>';
  const effects = redirectTargets(list, world, scope).map((path) =>
    written(path, scope, isWhole ? text : null, world.memory),
  );
  if (effects.length > 0)
    push(found, span, world, scope, { effects, entry: 'commands/shell#redirect', says: 'writes a file' });
}

/** `curl … | python`: an interpreter runs what was fetched, whatever follows a `-`. */
function isFetchedProgram(
  { words }: Extract<ShellNode, { kind: 'command' }>,
  [program, script]: readonly (string | null)[],
): boolean {
  return (
    /^(curl|wget)$/.test(words[0]?.raw ?? '') &&
    isInterpreter(program ?? '') &&
    (script === undefined || script === '-') &&
    !words.some(({ raw }) => isReadByInterpreter(raw))
  );
}

function pipeline(items: readonly ShellNode[], world: ShellWorld, scope: Scope, found: CommandFacts[]): void {
  const last = items.at(-1);
  const first = items[0];
  const shell = last?.kind === 'command' && last.words[0] !== undefined ? value(last.words[0], world, scope) : null;
  const wrapped =
    last?.kind === 'command'
      ? last.words
          .map((word) => value(word, world, scope))
          .filter((word) => !/^(sudo|-E|env|\w+=.*)$/s.test(word ?? ''))
      : [];
  if (
    last?.kind === 'command' &&
    items.length > 1 &&
    shell !== null &&
    first?.kind === 'command' &&
    (isReadShell(wrapped[0] ?? '') || isFetchedProgram(first, wrapped))
  ) {
    const words = first.words.map((word) => value(word, world, scope));
    const text = !isReadShell(wrapped[0] ?? '')
      ? null
      : items.length === 2
        ? writtenText(first, words, world, scope)
        : null;
    const file = items.length === 2 && words[0] === 'cat' && words.length === 2 ? first.words[1] : undefined;
    if (text !== null || file !== undefined) {
      const operator = file === undefined ? '<<' : '<';
      const input = {
        operator,
        descriptor: null,
        target: file ?? null,
        heredoc: text,
        expanded: null,
        span: first.span,
      };
      return walk({ ...last, redirects: [...last.redirects, input] }, world, branch(scope), found);
    }
    const source = words.map((word) => word ?? '').join(' ');
    const span = { start: first.span.start, end: last.span.end };
    const given = new Map(last.assignments.map((one) => [one.name, one.value && value(one.value, world, scope)]));
    // `curl … | env UV_INSTALL_DIR=/opt/uv sh`
    for (const word of last.words) {
      const [, name, text] = /^(\w+)=(.*)$/s.exec(value(word, world, scope) ?? '') ?? [];
      if (name !== undefined) given.set(name, text ?? '');
    }
    const known = installerEffects(source, world.home, (name) => given.get(name) ?? world.lookup(name));
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
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    if (before?.kind === 'command')
      world.memory.set('stdin', before.words.map((word) => value(word, world, scope) ?? '').join(' '));
    walk(item, world, branch(scope), found);
    world.memory.delete('stdin');
  }
}
