import { isDistributionFolder } from '../knowledge/standard-folders.ts';
import { variablesIn } from '../syntax/expand.ts';
import type { CommandFacts } from './shell-world.ts';
import { lookup } from './state.ts';
import { isUpkeep } from './system-commands.ts';
import { itemOf, type Step } from './understand.ts';
import { removes } from './word-edits.ts';

/** It decides nothing but how the RUN ends: `groupadd app || true`, `adduser app; exit 0`; but `gosu app true` tries gosu. */
const isEnding = ({ argv, effects, words, span }: CommandFacts): boolean =>
  effects.length === 0 && words[0]?.start === span.start && /^(:|true|exit)$/.test(argv[0] ?? '');

/** It only looks, and only where every image has something: the `find` of `find / -perm /6000 | xargs chmod a-s`. */
const looksAround = ({ effects }: CommandFacts): boolean =>
  effects.length > 0 &&
  effects.every(({ kind }) => kind === 'prints' || kind === 'reads') &&
  effects.every((effect) => effect.kind !== 'reads' || isDistributionFolder(effect.path));

/** It compares values that the file gives, and looks at no file: `[ "$WITH_TOOLS" = true ]`. */
const comparesValues = ({ argv, effects, substituted }: CommandFacts, step: Step): boolean =>
  /^(\[\[?|test)$/.test(argv[0] ?? '') &&
  !argv.some((word) => /^-([a-hkprstuwxGLNOS]|nt|ot|ef)$/.test(word ?? '')) &&
  effects.every(({ kind }) => kind === 'prints' || kind === 'checks') &&
  substituted.length === 0 &&
  readsOnlyGiven(step);

/** The RUN reads no variable that a command of it sets: where that command does not run again, it would have no value. */
function readsOnlyGiven({ instruction, before }: Step): boolean {
  const { text } = instruction.rest;
  const isGiven = (name: string): boolean => lookup(before, name) !== undefined && !text.includes(`${name}=`);
  return !/\$[?#@*!\d]|\b(read|getopts|eval|source)\b/.test(text) && [...variablesIn(text)].every(isGiven);
}

/** It goes along with what it stands beside. */
const isNeutral = (command: CommandFacts, step: Step): boolean =>
  isEnding(command) || looksAround(command) || comparesValues(command, step);

/** All of a RUN runs again, but for what only tidies up. */
export const runsWhole = ({ commands }: Step, running: ReadonlySet<CommandFacts>): boolean =>
  commands.every((command) => running.has(command) || isEnding(command) || (isUpkeep(command) && !removes(command)));

/** The items of a RUN that run again, and those of which a part must not. */
export function dividedItems(
  step: Step,
  running: ReadonlySet<CommandFacts>,
): { readonly items: Set<number>; readonly mixed: ReadonlySet<number> } {
  const itemsOf = (wanted: (command: CommandFacts) => boolean): Set<number> =>
    new Set(step.commands.filter(wanted).map((command) => itemOf(step, command)));
  const items = itemsOf((command) => running.has(command));
  const mixed = itemsOf((command) => !running.has(command) && !isNeutral(command, step));
  const first = Math.min(...items);
  for (const item of itemsOf(isEnding)) if (item > first && !mixed.has(item)) items.add(item);
  return { items, mixed };
}

/** Commands that would run again, but stand in one item of the RUN with others that do not: such an item is left out. */
export function halfItems(step: Step, running: ReadonlySet<CommandFacts>): CommandFacts[] {
  if (runsWhole(step, running)) return [];
  const rest = new Set(
    step.commands
      .filter((command) => !running.has(command) && !isNeutral(command, step))
      .map((command) => itemOf(step, command)),
  );
  return step.commands.filter((command) => running.has(command) && rest.has(itemOf(step, command)));
}
