import { stagePurpose } from '../knowledge/stage-purpose.ts';
import type { Document } from '../syntax/document.ts';
import { stageReferences } from './references.ts';

const RESERVED = new Set(['scratch', 'context']);

/**
 * The wanted name, or the first of `NAME-2`, `NAME-3` … that is free. Names are compared without case. `counted` remembers
 * how far the numbers are taken, for those who name thousands of stages.
 */
export function freeName(wanted: string, taken: ReadonlySet<string>, counted = new Map<string, number>()): string {
  const free = (name: string): boolean => !taken.has(name.toLowerCase()) && !RESERVED.has(name.toLowerCase());
  if (free(wanted)) return wanted;
  let number = counted.get(wanted) ?? 2;
  while (!free(`${wanted}-${number}`)) number++;
  counted.set(wanted, number);
  return `${wanted}-${number}`;
}

/** Every name that stands for something in the file already: stages, and images that references name. */
export function takenNames(document: Document): Set<string> {
  const taken = new Set<string>();
  for (const stage of document.stages) if (stage.name !== null) taken.add(stage.name.toLowerCase());
  for (const reference of stageReferences(document).references)
    if (reference.target === null) taken.add(reference.text.toLowerCase());
  for (const stage of document.stages) taken.add(stage.image.toLowerCase());
  return taken;
}

/** A free name that says what a stage does, from the words of its image and its RUNs. */
export function nameFor(
  document: Document,
  index: number,
  taken: ReadonlySet<string>,
  counted: Map<string, number>,
): string {
  const stage = document.stages[index];
  const runs = (stage?.instructions ?? [])
    .filter((one) => one.keyword === 'RUN')
    .map((one) => one.rest.text)
    .join('\n');
  const others = (): string[] => document.stages.filter((other) => other.index !== index).map((other) => other.image);
  return freeName(stagePurpose(stage?.image ?? '', runs, others), taken, counted);
}
