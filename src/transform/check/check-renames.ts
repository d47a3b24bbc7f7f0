import { type CheckedFile, type CheckedInstruction, readForCheck, withoutStageName } from './read-file.ts';

/**
 * Reads a file with its index references and the same with names, and names every way in which they are not the same build:
 * each reference means the stage that it meant, each index is gone, and nothing but references and stage names reads differently.
 */
export function checkRenames(input: string, output: string): string[] {
  const before = readForCheck(input);
  const after = readForCheck(output);
  if (before.instructions.length !== after.instructions.length || before.stages.length !== after.stages.length)
    return ['renaming changed the number of instructions'];
  const wrong: string[] = [];
  const [was, is] = [referencesIn(before), referencesIn(after)];
  for (const [index, one] of before.instructions.entries()) {
    const now = after.instructions[index] as CheckedInstruction;
    if (one.line !== now.line || bare(one) !== bare(now))
      wrong.push(`line ${one.line}: renaming changed more than names`);
    const [meant, means] = [was.get(one) ?? null, is.get(now) ?? null];
    if (meant !== means) wrong.push(`line ${one.line}: the reference meant stage ${meant} and means stage ${means}`);
  }
  for (const [index, { name }] of before.stages.entries())
    if (name !== null && after.stages[index]?.name !== name) wrong.push(`the stage ${name} has another name`);
  for (const one of after.instructions)
    for (const [flag, value] of one.flags)
      if (flag === 'from' && INDEX.test(value) && is.has(one))
        wrong.push(`line ${one.line}: --from=${value} is an index`);
  const outside = (text: string, file: CheckedFile): string => {
    const touched = new Set(
      file.instructions.flatMap(({ line, last }) => Array.from({ length: last - line + 1 }, (_, at) => line + at)),
    );
    return text
      .split('\n')
      .filter((_, at) => !touched.has(at + 1))
      .join('\n');
  };
  if (outside(input, before) !== outside(output, after))
    wrong.push('renaming changed what stands between the instructions');
  return wrong;
}

const INDEX = /^\+?\d+$/;

/** The text without the value of --from, and a FROM without the stage's name. */
const bare = (one: CheckedInstruction): string =>
  one.keyword === 'FROM' ? withoutStageName(one) : one.text.replace(/--from=\S*/gi, '--from=');

/** The stage that the --from of each COPY means, ONBUILD's too. */
function referencesIn({ stages }: CheckedFile): ReadonlyMap<CheckedInstruction, number> {
  const meant = new Map<CheckedInstruction, number>();
  const names = new Map<string, number>();
  for (const [index, { name, instructions }] of stages.entries()) {
    for (const one of instructions) {
      const from = one.flags.find(([flag]) => flag === 'from')?.[1];
      if (from === undefined || (one.triggers ?? one.keyword) !== 'COPY') continue;
      const stage = names.get(from.toLowerCase()) ?? (INDEX.test(from) ? Number(from) : undefined);
      if (stage !== undefined) meant.set(one, stage);
    }
    if (name !== null) names.set(name.toLowerCase(), index);
  }
  return meant;
}
