import { isWithin } from '../syntax/paths.ts';
import type { Carry, CarryPlan } from './carry.ts';
import type { StageFiles, WriteRecord } from './records.ts';
import { runsAgain, type SystemPlan } from './system.ts';
import type { Understanding } from './understand.ts';

/**
 * What the image had and the runtime stage goes without: caches, sources, intermediate results. Nothing where files of the image
 * itself are copied over: they weigh twice, which no cache makes up for.
 */
export function leftBehind(
  { steps }: Understanding,
  files: StageFiles,
  { carries, left }: CarryPlan,
  { restated, dropped }: SystemPlan,
): readonly WriteRecord[] {
  const isProgram = (path: string): boolean =>
    files.records.some((record) => record.path === path && record.class === 'artifact' && !record.tree);
  const isOwn = ({ path, entry }: Carry): boolean =>
    isWithin(path, '/usr/local') &&
    entry.startsWith('ecosystems/') &&
    // A program is no file of the image; alone, it moves for nothing where what built it stays.
    !(isProgram(path) && dropped.length > 0);
  if (carries.some(isOwn)) return [];
  const isMadeAgain = ({ step, command }: WriteRecord): boolean =>
    restated.some((run) => run.step === step && command !== null && runsAgain(run, command));
  const mounted = steps.flatMap(({ instruction }) =>
    instruction.flags.flatMap(({ name, value }) =>
      name === 'mount' ? [/(?:^|,)(?:target|dst|destination)=([^,]+)/.exec(value ?? '')?.[1] ?? ''] : [],
    ),
  );
  // What COPY added and a later step took away still weighs in the old image.
  const added = files.history.filter(
    ({ step, path }) => step.copy !== null && files.records.every((one) => !isWithin(path, one.path)),
  );
  return [
    ...left,
    ...added,
    ...files.records.filter(
      (record) => ['cache', 'intermediate', 'toolchain'].includes(record.class) && !isMadeAgain(record),
    ),
  ].filter(
    ({ path }) =>
      !carries.some((one) => isWithin(path, one.path)) &&
      !mounted.some((folder) => folder !== '' && isWithin(path, folder)),
  );
}
