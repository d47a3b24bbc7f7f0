import type { CheckedFile, CheckedInstruction, CheckedStage } from './read-file.ts';

/** Stage names are valid and new ones unique; every reference names an earlier stage, or an image that the input named. */
export function checkNames(before: CheckedFile, after: CheckedFile): string[] {
  const wrong: string[] = [];
  const images = outsideOf(before);
  const names = new Set(after.stages.flatMap(({ name }) => (name === null ? [] : [name.toLowerCase()])));
  const old = countsOf(before.stages);
  const seen = new Map<string, number>();
  for (const { from, image, name, instructions } of after.stages) {
    if (names.has(image.toLowerCase()) && !seen.has(image.toLowerCase()) && !images.has(image))
      wrong.push(`line ${from.line}: FROM names the stage ${image}, which comes later`);
    for (const one of instructions)
      for (const read of namesIn(one)) {
        if (seen.has(read.toLowerCase())) continue;
        if (/^[+-]?\d+$/.test(read) && isCopy(one)) wrong.push(`line ${one.line}: --from=${read} is an index`);
        else if (names.has(read.toLowerCase()) && !images.has(read))
          wrong.push(`line ${one.line}: from=${read} names a stage that comes later`);
        else if (!images.has(read)) wrong.push(`line ${one.line}: from=${read} names no stage`);
      }
    if (name === null) continue;
    const key = name.toLowerCase();
    if (!/^[a-z][a-z0-9-_.]*$/.test(key) || ((key === 'scratch' || key === 'context') && !old.has(key)))
      wrong.push(`line ${from.line}: ${name} is no stage name`);
    const count = (seen.get(key) ?? 0) + 1;
    if (count > 1 && count > (old.get(key) ?? 0)) wrong.push(`line ${from.line}: the stage name ${name} stands twice`);
    seen.set(key, count);
  }
  return wrong;
}

const isCopy = ({ keyword, triggers }: CheckedInstruction): boolean => (triggers ?? keyword) === 'COPY';

function countsOf(stages: readonly CheckedStage[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of stages)
    if (name !== null) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  return counts;
}

/** What the file reads that is none of its earlier stages: images and contexts by name. */
function outsideOf({ stages }: CheckedFile): ReadonlySet<string> {
  const outside = new Set<string>();
  const seen = new Set<string>();
  for (const { image, name, instructions } of stages) {
    for (const read of [image, ...instructions.flatMap(namesIn)]) if (!seen.has(read.toLowerCase())) outside.add(read);
    if (name !== null) seen.add(name.toLowerCase());
  }
  return outside;
}

/** The stages and images that the flags of an instruction read: `--from=`, and `from=` of a mount. */
function namesIn(one: CheckedInstruction): string[] {
  return one.flags.flatMap(([flag, value]) => {
    if (flag === 'from') return isCopy(one) ? [value] : [];
    const from = flag === 'mount' ? /(?:^|,)from=([^,]+)/.exec(value)?.[1] : undefined;
    return from === undefined ? [] : [from];
  });
}
