import type { ShellNode, ShellScript } from './shell.ts';

export type SimpleCommand = Extract<ShellNode, { kind: 'command' }>;

/** Every simple command of a script in the order in which it is written. */
export function* commandsOf(node: ShellNode): Generator<SimpleCommand> {
  switch (node.kind) {
    case 'command':
      yield node;
      return;
    case 'and':
    case 'or':
      yield* commandsOf(node.left);
      yield* commandsOf(node.right);
      return;
    case 'sequence':
    case 'pipeline':
      for (const item of node.items) yield* commandsOf(item);
      return;
    case 'background':
    case 'subshell':
    case 'group':
    case 'function':
    case 'for':
      yield* commandsOf(node.body);
      return;
    case 'while':
    case 'until':
      yield* commandsOf(node.test);
      yield* commandsOf(node.body);
      return;
    case 'if':
      for (const branch of node.branches) {
        yield* commandsOf(branch.test);
        yield* commandsOf(branch.body);
      }
      if (node.otherwise !== null) yield* commandsOf(node.otherwise);
      return;
    case 'case':
      for (const branch of node.branches) if (branch.body !== null) yield* commandsOf(branch.body);
      return;
    default:
  }
}

/** The names of the functions that a script defines. */
export function functionsOf(node: ShellNode | null): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (at: unknown): void => {
    if (Array.isArray(at)) for (const one of at) visit(one);
    else if (typeof at === 'object' && at !== null) {
      const { kind, name } = at as { kind?: unknown; name?: unknown };
      if (kind === 'function' && typeof name === 'string') names.add(name);
      for (const one of Object.values(at)) visit(one);
    }
  };
  visit(node);
  return names;
}

/** The bodies of `$(…)` in words, outermost ones; those of `<(…)` and of tests, which stand there as they are spelled, as texts. */
export function substitutionsOf(node: ShellNode): readonly (ShellNode | string)[] {
  const found: (ShellNode | string)[] = [];
  const visit = (at: unknown): void => {
    if (Array.isArray(at)) for (const one of at) visit(one);
    else if (typeof at === 'object' && at !== null) {
      const { kind, script, raw } = at as { kind?: unknown; script?: ShellScript | null; raw?: unknown };
      if (kind === 'command' && script !== undefined) {
        if (script?.body != null) found.push(script.body);
      } else if (kind === 'other' && typeof raw === 'string')
        found.push(
          ...[...raw.matchAll(/[$<>]\(([^()]+)\)|`([^`]+)`/g)].map((match) => match[1] ?? (match[2] as string)),
        );
      else for (const one of Object.values(at)) visit(one);
    }
  };
  visit(node);
  return found;
}
