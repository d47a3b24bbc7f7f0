import { isWithin } from '../syntax/paths.ts';
import type { CarryPlan } from './carry.ts';
import type { StageFiles, WriteRecord } from './records.ts';
import { runsAgain } from './restated.ts';
import type { SystemPlan } from './system.ts';
import type { Understanding } from './understand.ts';

/** Files of the image itself are copied over: they weigh twice, which no cache makes up for. */
export const copiesOver = (files: StageFiles, { carries }: CarryPlan, { dropped }: SystemPlan): boolean => {
  const isFile = (path: string, isProgram: boolean): boolean =>
    files.records.some((record) => record.path === path && (record.class === 'artifact') === isProgram && !record.tree);
  return carries.some(
    ({ path, entry }) =>
      (isWithin(path, '/usr/local') || isWithin(path, '/usr/lib')) &&
      entry.startsWith('ecosystems/') &&
      // A file that the stage wrote is none of the image; a program alone moves for nothing where what built it stays.
      !isFile(path, false) &&
      !(isFile(path, true) && dropped.length > 0),
  );
};

/** What the image had and the runtime stage goes without: caches, sources, intermediate results. */
export function leftBehind(
  understanding: Understanding,
  files: StageFiles,
  { carries, left }: Pick<CarryPlan, 'carries' | 'left'>,
  { restated }: SystemPlan,
): readonly WriteRecord[] {
  const { steps } = understanding;
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
    ...takenOut(understanding, files),
    ...[
      ...left,
      ...added,
      ...files.records.filter(
        (record) => ['cache', 'intermediate', 'toolchain'].includes(record.class) && !isMadeAgain(record),
      ),
    ].filter(
      ({ path }) =>
        !carries.some((one) => isWithin(path, one.path)) &&
        !mounted.some((folder) => folder !== '' && isWithin(path, folder)),
    ),
  ];
}

/** What a COPY of a folder brought along and a later RUN deletes for certain, where the build context has it: `COPY . .`, `RUN rm -rf .git`. */
const takenOut = ({ steps, copiedBy }: Understanding, { history }: StageFiles): WriteRecord[] =>
  history
    .filter(({ step, tree }) => step.copy !== null && step.copy.from === null && tree)
    .flatMap((record) =>
      steps.slice(record.step.index + 1).flatMap(({ commands }) =>
        commands.flatMap(({ certain, effects }) =>
          effects.flatMap((effect) => {
            if (!certain || effect.kind !== 'deletes' || !isWithin(effect.path, record.path)) return [];
            const copied = copiedBy(record.step.index);
            const isThere = copied.list(effect.path) !== null || copied.read(effect.path) !== null;
            return isThere && effect.path !== record.path ? [{ ...record, path: effect.path }] : [];
          }),
        ),
      ),
    );

/** The caches among what is left, where that is all. */
export const cachesOf = (left: readonly WriteRecord[]): readonly WriteRecord[] | null =>
  left.every((record) => record.class === 'cache' || isBare(record)) ? left.filter((one) => !isBare(one)) : null;

/** A folder that is only made, or a link. */
const isBare = ({ command, path }: WriteRecord): boolean =>
  command?.effects.some(
    (effect) => (effect.kind === 'makes-folder' || effect.kind === 'links') && effect.path.replace(/\/$/, '') === path,
  ) ?? false;
