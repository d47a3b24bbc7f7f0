import type { ImageFacts } from '../knowledge/image.ts';
import { standardHome } from '../knowledge/standard-folders.ts';
import type { StageFiles } from './records.ts';
import { runsAgain } from './restated.ts';
import type { SystemPlan } from './system.ts';
import type { Understanding } from './understand.ts';

export interface Group {
  readonly name: string;
  readonly number: string;
}

/**
 * Groups of the build image that the runtime image lacks, where the runtime stage makes groups that get the next free number:
 * without them it would be another one than the files have that are copied, and than the container had before.
 */
export function missingGroups(
  understanding: Understanding,
  { restated, kept }: SystemPlan,
  { ownerships }: StageFiles,
  until: number,
  facts: ImageFacts,
): readonly Group[] {
  const { image, steps, final } = understanding;
  const lacking = Object.entries(image?.groupNumbers ?? {}).filter(
    ([number]) => facts.groupNumbers?.[number] === undefined,
  );
  if (image === null || lacking.length === 0 || !/^(root|0)?$/.test(facts.user)) return [];
  const again = [
    ...restated.flatMap((run) => run.step.commands.filter((command) => runsAgain(run, command))),
    ...steps.slice(until).flatMap(({ commands }) => commands),
  ];
  const made = again.flatMap(({ effects }) => effects.filter(({ kind }) => kind === 'accounts'));
  const named = [...ownerships.map(({ owner }) => owner), ...steps.map(({ copy }) => copy?.owner ?? null), final.user]
    .flatMap((owner) => owner?.split(':') ?? [])
    .filter((name) => /^[a-z_]/.test(name));
  /** Neither the image nor the file has it: a package makes it. */
  const isOfPackage = (name: string): boolean =>
    name !== 'root' &&
    standardHome(name, image.distribution) === null &&
    !image.accounts.includes(name) &&
    !steps.some(({ commands }) =>
      commands.some(({ argv, effects }) => argv.includes(name) && effects.some(({ kind }) => kind === 'accounts')),
    );
  const draws = made.some((effect) => effect.kind === 'accounts' && effect.draws === true);
  return draws || (kept.length > 0 && named.some(isOfPackage))
    ? lacking.map(([number, name]) => ({ name, number }))
    : [];
}
