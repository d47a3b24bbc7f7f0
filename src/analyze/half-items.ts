import type { CommandFacts } from './shell-world.ts';
import { isUpkeep } from './system-commands.ts';
import { itemOf, type Step } from './understand.ts';
import { removes } from './word-edits.ts';

/** All of a RUN runs again, but for what only tidies up. */
export const runsWhole = ({ commands }: Step, running: ReadonlySet<CommandFacts>): boolean =>
  commands.every((command) => running.has(command) || (isUpkeep(command) && !removes(command)));

/** Commands that would run again, but stand in one item of the RUN with others that do not: such an item is left out. */
export function halfItems(step: Step, running: ReadonlySet<CommandFacts>): CommandFacts[] {
  if (runsWhole(step, running)) return [];
  const rest = new Set(
    step.commands.filter((command) => !running.has(command)).map((command) => itemOf(step, command)),
  );
  return step.commands.filter((command) => running.has(command) && rest.has(itemOf(step, command)));
}
