import type { Span } from '../syntax/document.ts';
import { dividedItems, runsWhole } from './half-items.ts';
import type { PackageVerdict } from './package-verdicts.ts';
import type { CommandFacts } from './shell-world.ts';
import { isInstall, writtenBy } from './system-commands.ts';
import type { Tangle } from './tangle.ts';
import { itemOf, type Step } from './understand.ts';
import { editsOf, type WordEdit, withoutWord } from './word-edits.ts';

/** A RUN that changes the system (packages, accounts, registries of libraries) and so runs where the container runs. */
export interface Restated {
  readonly step: Step;
  /** Which items of the flat list run again; null: the whole instruction as it is written. */
  readonly items: readonly number[] | null;
  readonly edits: readonly WordEdit[];
  readonly packages: readonly PackageVerdict[];
  /** Paths that the restated items write, so that nothing has to be copied for them. */
  readonly writes: readonly string[];
  /** Folders among them that are only made: what lies inside is another's. */
  readonly folders: readonly string[];
  /** Paths of the build stage that they read, which have to be there first. */
  readonly before: readonly string[];
}

/** The command is among those of a RUN that run again. */
export const runsAgain = ({ step, items }: Restated, command: CommandFacts): boolean =>
  items === null || items.includes(itemOf(step, command));

/** The RUN as a whole where all of it runs again, else its items; a tangle where they cannot be taken apart. */
export function restate(
  step: Step,
  running: ReadonlySet<CommandFacts>,
  verdicts: readonly PackageVerdict[],
  substance: ReadonlySet<CommandFacts>,
  untidy: (command: CommandFacts) => readonly Span[] | null,
  trimmed: readonly WordEdit[],
  before: readonly string[],
): Restated | Tangle {
  const whole =
    trimmed.length === 0 &&
    runsWhole(step, running) &&
    verdicts.every((verdict) => verdict.becomes.includes(verdict.name));
  if (whole) return { step, items: null, edits: [], packages: verdicts, ...written(step.commands), before };
  const [change] = substance.size > 0 ? substance : step.commands;
  if (step.items === null || step.commands.some((command) => itemOf(step, command) < 0))
    return { command: change as CommandFacts, why: 'compound' };
  // The words of a script cannot be changed from here.
  const fixed = step.commands.find(
    (command) => running.has(command) && command.words.length === 0 && isInstall(command),
  );
  if (fixed !== undefined) return { command: fixed, why: 'script' };
  const { items, mixed } = dividedItems(step, running);
  const both = [...items].filter((item) => mixed.has(item));
  const mingled = step.commands.find((command) => substance.has(command) && both.includes(itemOf(step, command)));
  if (mingled !== undefined) return { command: mingled, why: 'compound' };
  for (const item of both) items.delete(item);
  const commands = step.commands.filter((command) => items.has(itemOf(step, command)));
  return {
    step,
    items: [...items].sort((a, b) => a - b),
    edits: [
      ...editsOf(verdicts, commands),
      ...trimmed,
      ...commands.flatMap((command) => (untidy(command) ?? []).map((word) => withoutWord(command, word))),
    ],
    packages: verdicts,
    ...written(commands),
    before,
  };
}

function written(commands: readonly CommandFacts[]): Pick<Restated, 'writes' | 'folders'> {
  const folders = commands.flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.kind === 'makes-folder' ? [effect.path] : [])),
  );
  return { writes: writtenBy(commands), folders };
}
