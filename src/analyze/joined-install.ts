import {
  needsNoPackage,
  recommendsNothing,
  takesOtherPackages,
  takesRecommended,
} from '../knowledge/packages/install-line.ts';
import type { Choice } from './ladder.ts';
import { type Restated, runsAgain } from './restated.ts';
import type { CommandFacts } from './shell-world.ts';
import { isShellSetting } from './system-commands.ts';
import type { Understanding } from './understand.ts';
import type { WordEdit } from './word-edits.ts';

/**
 * The first RUN of the runtime stage with the packages that its image lacks among those that it installs, so that one RUN installs
 * them all; null where they have to be there before it, or its words cannot be told.
 */
export function joinedInstall(
  { document: { text }, steps }: Understanding,
  restated: readonly Restated[],
  { candidate, packages }: Choice,
): Restated | null {
  const [run] = restated;
  const { distribution } = candidate.facts;
  const hasRecommended = distribution === 'debian' || distribution === 'ubuntu';
  if (run === undefined || packages.length === 0 || !(hasRecommended || distribution === 'alpine')) return null;
  const { step } = run;
  if (
    step.items === null ||
    step.instruction.heredocs.length > 0 ||
    steps.slice(0, step.index).some(({ word }) => word)
  )
    return null;
  const again = step.commands.filter((command) => runsAgain(run, command));
  const kept = (command: CommandFacts) =>
    run.packages.filter(
      ({ word, becomes }) => becomes.length > 0 && command.words.includes(word) && command.span !== word,
    );
  const at = again.findIndex((command) => kept(command).length > 0);
  const install = again[at];
  if (install === undefined || !takesOtherPackages(install.argv)) return null;
  if (hasRecommended && takesRecommended(install.argv) && !packages.every(recommendsNothing)) return null;
  if (!again.slice(0, at).every((command) => isShellSetting(command) || needsNoPackage(command.argv))) return null;
  const word = kept(install).at(-1)?.word;
  const previous = word === undefined ? undefined : install.words[install.words.indexOf(word) - 1];
  if (word === undefined || previous === undefined || !/^[\w.+:=~-]+$/.test(text.slice(word.start, word.end)))
    return null;
  const gap = text.slice(previous.end, word.start);
  const between = /^[ \t]*[\\`]\r?\n[ \t]*$/.test(gap) ? gap : ' ';
  const edit: WordEdit = {
    span: { start: word.end, end: word.end },
    text: packages.map((name) => between + name).join(''),
  };
  return { ...run, items: run.items ?? step.items.map((_, index) => index), edits: [edit, ...run.edits] };
}
