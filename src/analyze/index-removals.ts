import type { PackageManager } from '../knowledge/command.ts';
import { indexRemoval } from '../knowledge/packages/index-files.ts';
import { commandsOf } from './index-updates.ts';
import type { Restated } from './restated.ts';
import type { CommandFacts } from './shell-world.ts';
import type { Step } from './understand.ts';

/** What a command that runs for certain takes away of the lists of packages. */
const removalsOf = ({ certain, effects }: CommandFacts): { manager: PackageManager; removal: string }[] =>
  effects.flatMap((effect) =>
    certain && (effect.kind === 'deletes' || effect.kind === 'thins') ? (indexRemoval(effect.path) ?? []) : [],
  );

const fetches = ({ effects }: CommandFacts, manager: PackageManager): boolean =>
  effects.some(
    (effect) => (effect.kind === 'installs' || effect.kind === 'updates-index') && effect.manager === manager,
  );

/**
 * The lists of packages that the author removes in a RUN of the build, whose install runs again and whose removal does not: the install
 * takes them away itself, in the layer that would keep them.
 */
export function withIndexRemovals(
  restated: readonly Restated[],
  built: readonly Step[],
  later: readonly Step[],
): Restated[] {
  const runs = [...restated];
  const gone = built.flatMap(({ index, commands }) =>
    commands.flatMap((command) => removalsOf(command).map((one) => ({ ...one, index }))),
  );
  for (const { manager, removal, index } of new Map(gone.map((one) => [one.manager, one])).values()) {
    const at = runs.findLastIndex((run) => commandsOf(run).some((command) => fetches(command, manager)));
    const run = runs[at];
    const own = run === undefined ? [] : commandsOf(run);
    const fetch = own.findLastIndex((command) => fetches(command, manager));
    const isKept = [
      ...own.slice(fetch + 1),
      ...runs.slice(at + 1).flatMap(commandsOf),
      ...later.flatMap(({ commands }) => commands),
    ].some((command) => fetches(command, manager) || removalsOf(command).some((one) => one.manager === manager));
    const items = run?.items ?? run?.step.items?.map((_, item) => item);
    const end = run?.step.items?.[items?.at(-1) ?? -1]?.end;
    if (run === undefined || isKept || items === undefined || end === undefined) continue;
    if (run.step.index >= index || run.step.instruction.heredocs.length > 0) continue;
    runs[at] = { ...run, items, edits: [...run.edits, { span: { start: end, end }, text: ` && ${removal}` }] };
  }
  return runs;
}
