import type { CommandFacts } from './shell-world.ts';
import type { Restated } from './system.ts';
import { isUpkeep } from './system-commands.ts';
import { itemOf, type Step } from './understand.ts';

const updatesIndex = (command: CommandFacts): boolean =>
  command.effects.some((effect) => effect.kind === 'updates-index');
/** apt installs nothing without an index, which official images do not bring along. */
const needsIndex = (commands: readonly CommandFacts[]): boolean =>
  !commands.some(updatesIndex) &&
  commands.some(({ effects }) => effects.some((effect) => effect.kind === 'installs' && effect.manager === 'apt'));

/** An install without an update of its own, again here or in a later step, relies on that of an earlier RUN. */
export function withIndexUpdates(
  restated: readonly Restated[],
  steps: readonly Step[],
  later: readonly Step[],
): Restated[] {
  const commandsOf = ({ step, items }: Restated): readonly CommandFacts[] =>
    step.commands.filter((command) => items === null || items.includes(itemOf(step, command)));
  const all = new Map(restated.map((run) => [run.step, run]));
  const needing = [
    ...restated.map((run) => ({ index: run.step.index, commands: commandsOf(run) })),
    ...later.map(({ index, commands }) => ({ index, commands })),
  ];
  for (const { index, commands } of needing) {
    if (!needsIndex(commands)) continue;
    const earlier = [...steps, ...later].findLast((step) => step.index < index && step.commands.some(updatesIndex));
    if (earlier === undefined || later.includes(earlier)) continue;
    const known = all.get(earlier);
    if (known !== undefined && commandsOf(known).some(updatesIndex)) continue;
    const whole = known === undefined && earlier.commands.every(isUpkeep);
    const items = earlier.commands.filter(updatesIndex).map((command) => itemOf(earlier, command));
    if (!whole && items.some((item) => item < 0)) continue;
    const base = known ?? { step: earlier, edits: [], packages: [], writes: [], folders: [], before: [] };
    const joined = [...new Set([...(known?.items ?? []), ...items])].sort((a, b) => a - b);
    all.set(earlier, { ...base, items: whole ? null : joined });
  }
  return [...all.values()].sort((a, b) => a.step.index - b.step.index);
}
