import type { Choice } from './ladder.ts';
import type { Restated } from './restated.ts';
import type { Understanding } from './understand.ts';

/** A stage in front of both others. */
export interface SharedStage {
  readonly name: string;
  /** Steps before this index stand in it. */
  readonly until: number;
}

/** A stage of its own costs a FROM and a blank line. */
const ITS_COST = 2;

/**
 * The RUNs at the start of the file that the runtime stage repeats as they are, where both stages stand on the same image.
 * null where nothing is repeated, or where repeating is shorter.
 */
export function sharedStage(
  { document, stage, steps }: Understanding,
  restated: readonly Restated[],
  { candidate, packages, path }: Choice,
  nameFor: (wanted: string) => string,
): SharedStage | null {
  if (candidate.rung !== 'same' || stage.platform !== null || packages.length > 0 || path !== null) return null;
  const isRepeated = (index: number): boolean =>
    restated.some((run) => run.step.index === index && run.items === null && run.before.length === 0);
  let until = 0;
  while (until < steps.length && isRepeated(until)) until++;
  const last = steps[until - 1]?.instruction;
  if (last === undefined) return null;
  // A variable is not inherited from stage to stage, and a shared RUN may read one that stands before FROM alone.
  const lines = document.text
    .slice(stage.from.span.end, last.span.end)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.length > ITS_COST ? { name: nameFor('base'), until } : null;
}
