import { isWithin } from '../syntax/paths.ts';
import type { StageFiles, WriteRecord } from './records.ts';
import type { CommandFacts } from './shell-world.ts';
import type { Step } from './understand.ts';

/**
 * The author's own COPY of one file, which brings to the runtime stage what a RUN reads there: where the build leaves the file as
 * it was copied, or that RUN removes it; null of what something else made.
 */
export function copyOf(
  record: WriteRecord,
  { index, before: { workdir }, commands }: Step,
  { history, records, removals, ownerships }: StageFiles,
  running: ReadonlySet<CommandFacts>,
): Step | null {
  const { step, path, mapping } = record;
  const isOwn = mapping?.kind === 'file' && !record.missing && step.copy?.from === null;
  if (!isOwn || step.copy?.mappings?.length !== 1 || step.word !== undefined) return null;
  const isRelative = !/\s["']?\/\S*["'\]]?\s*$/.test(step.instruction.rest.text);
  if (isRelative && step.before.workdir !== workdir) return null;
  if (history.some((other) => other !== record && isWithin(path, other.path) && other.order > record.order))
    return null;
  if (ownerships.some((one) => isWithin(path, one.path) && one.step.index > step.index && one.step.index !== index))
    return null;
  if (removals.every((one) => one.path !== path)) return records.includes(record) ? step : null;
  const removes = ({ effects }: CommandFacts): boolean =>
    effects.some((effect) => effect.kind === 'deletes' && effect.path === path);
  return commands.some((command) => command.certain && running.has(command) && removes(command)) ? step : null;
}

/** Makes a script fit to run, or takes it away again, that others run for the sake of. */
export function tendsScript({ effects }: CommandFacts, substance: ReadonlySet<CommandFacts>): boolean {
  const scripts = new Set([...substance].flatMap((command) => command.scripts));
  return (
    effects.length > 0 &&
    effects.every((one) => (one.kind === 'owns' || one.kind === 'deletes') && scripts.has(one.path))
  );
}
