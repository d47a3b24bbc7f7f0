import type { BuildEffect } from '../knowledge/ecosystem.ts';
import { installerEffects } from '../knowledge/installers.ts';
import type { Span } from '../syntax/document.ts';
import { baseName } from '../syntax/paths.ts';
import type { ShellNode, ShellRedirect } from '../syntax/shell.ts';
import { command } from './calls.ts';
import {
  type CommandFacts,
  redirectTargets,
  type Scope,
  SHELLS,
  type ShellWorld,
  value,
  written,
} from './shell-world.ts';

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
      command(node, world, scope, found, tops.indexOf(node), walk);
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
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    if (before?.kind === 'command')
      world.memory.set('stdin', before.words.map((word) => value(word, world, scope) ?? '').join(' '));
    walk(item, world, { ...scope, variables: new Map(scope.variables) }, found, tops);
    world.memory.delete('stdin');
  }
}
