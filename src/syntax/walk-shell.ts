import type { ShellNode } from './shell.ts';

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
