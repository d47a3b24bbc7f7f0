import type { BuildEffect } from '../knowledge/ecosystem.ts';
import { UNKNOWN } from '../knowledge/makefile-conditions.ts';
import type { ShellWord } from '../syntax/shell.ts';
import { branch, type CommandFacts, type Scope, type ShellWorld, type Walk } from './shell-world.ts';

/**
 * The commands of each `$(…)` in the words, which the shell runs before it uses what they print. Their spans are within
 * their own scripts: whoever keeps them gives them the place of the word.
 */
export function substituted(
  words: readonly ShellWord[],
  world: ShellWorld,
  scope: Scope,
  walk: Walk,
): readonly CommandFacts[] {
  const facts: CommandFacts[] = [];
  for (const { parts } of words)
    for (const part of parts)
      if (part.kind === 'variable' && part.operand !== null)
        facts.push(...substituted([part.operand], world, scope, walk));
      else if (part.kind === 'command' && part.script?.body != null && part.raw !== UNKNOWN)
        walk(part.script.body, { ...world, at: () => 0 }, branch(scope), facts);
  return facts;
}

/** What they do beside printing, for the command whose words they print. */
export const effectsOf = (facts: readonly CommandFacts[]): readonly BuildEffect[] =>
  facts.flatMap(({ effects }) => effects).filter(({ kind }) => kind !== 'prints' && kind !== 'checks');

/** A command and those that its words are made by: all that the shell runs for it. */
export const withSubstituted = (command: CommandFacts): readonly CommandFacts[] => [
  command,
  ...command.substituted.flatMap(withSubstituted),
];
