import type { ArtifactReport, LineOrigin, StepReport } from '../../outcome.ts';
import type { CheckedInstruction, CheckedStage } from './read-file.ts';
import type { StageModel } from './stage-model.ts';

/** What the report tells a reader about the split. */
export interface Told {
  readonly lines: readonly LineOrigin[];
  readonly steps: readonly StepReport[];
  readonly artifacts: readonly ArtifactReport[];
}

/** The text does what the report says: each step stands in the stages that it names, and what is carried is copied. */
export function checkReport(
  old: CheckedStage,
  [build, runtime]: readonly [CheckedStage, CheckedStage],
  model: StageModel,
  { lines, steps, artifacts }: Told,
): string[] {
  const wrong: string[] = [];
  const inBuild = originsIn(build, lines);
  const inRuntime = originsIn(runtime, lines);
  const stands = (one: CheckedInstruction, origins: ReadonlySet<number>): boolean =>
    span(one.line, one.last).some((line) => origins.has(line));
  for (const { line, placement, text } of steps) {
    const one = old.instructions.find((own) => own.line <= line && line <= own.last);
    // An argument is declared again where something reads it.
    if (one === undefined || (one.keyword === 'ARG' && placement === 'both')) continue;
    const shown = text.replace(/\s+/g, ' ').slice(0, 60);
    // What the author keeps of a COPY is there by its files.
    const isCarried =
      /^(COPY|ADD)$/.test(one.keyword) && artifacts.some(({ writer }) => one.line <= writer && writer <= one.last);
    if ((placement === 'both' || placement === 'runtime') && !stands(one, inRuntime) && !isCarried)
      wrong.push(`line ${line}: ${shown} is said to stand in the runtime stage and does not`);
    if ((placement === 'both' || placement === 'build') && !stands(one, inBuild))
      wrong.push(`line ${line}: ${shown} is said to stand in the build stage and does not`);
  }
  const copied = new Set(
    model.steps.flatMap((step) => (step.kind === 'copy' && step.from !== 'context' ? [step.target] : [])),
  );
  for (const { to } of artifacts)
    if (!copied.has(to)) wrong.push(`${to} is said to be carried over, and no instruction copies it`);
  return wrong;
}

const span = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** The lines of the input that a stage has. */
function originsIn({ instructions }: CheckedStage, lines: readonly LineOrigin[]): ReadonlySet<number> {
  return new Set(
    instructions.flatMap(({ line, last }) => lines.slice(line - 1, last).flatMap(({ from }) => from ?? [])),
  );
}
