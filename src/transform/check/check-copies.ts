import { literal, presenceOf } from './file-model.ts';
import type { CheckedStage } from './read-file.ts';
import type { StageModel } from './stage-model.ts';

/** What is copied from the build stage is copied to where it lay, and no copy reads what its stage does not have. */
export function checkCopies(build: CheckedStage, runtime: CheckedStage, model: StageModel): string[] {
  const wrong: string[] = [];
  const copies = model.steps.filter((step) => step.kind === 'copy');
  for (const { instruction, from, sources, target } of copies) {
    if (typeof from === 'string') continue;
    const name = instruction.flags.find(([flag]) => flag === 'from')?.[1] ?? '';
    const plain = sources.map((source) => (source === null ? null : literal(source)));
    if (build.name?.toLowerCase() === name.toLowerCase() && (plain.length !== 1 || plain[0] !== target))
      wrong.push(`line ${instruction.line}: a copy from the build stage changes its place`);
    for (const source of plain)
      if (source !== null && presenceOf(from, source) === 'absent')
        wrong.push(`line ${instruction.line}: ${source} is copied from ${name}, which does not have it`);
  }
  if (runtime.image === 'scratch')
    for (const { keyword, line, rest } of runtime.instructions)
      if (keyword === 'RUN' && !rest.startsWith('['))
        wrong.push(`line ${line}: RUN needs a shell, which scratch lacks`);
  return wrong;
}
