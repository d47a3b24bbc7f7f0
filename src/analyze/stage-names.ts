import { stagePurpose } from '../knowledge/stage-purpose.ts';
import type { Document } from '../syntax/document.ts';
import { stageReferences } from './references.ts';

const RESERVED = new Set(['scratch', 'context']);

/** The wanted name, or the first of `NAME-2`, `NAME-3` … that is free. Names are compared without case. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const free = (name: string): boolean => !taken.has(name.toLowerCase()) && !RESERVED.has(name.toLowerCase());
  if (free(wanted)) return wanted;
  let number = 2;
  while (!free(`${wanted}-${number}`)) number++;
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
export function nameFor(document: Document, index: number, taken: ReadonlySet<string>): string {
  const stage = document.stages[index];
  const runs = (stage?.instructions ?? [])
    .filter((one) => one.keyword === 'RUN')
    .map((one) => one.rest.text)
    .join('\n');
  const others = document.stages.filter((other) => other.index !== index).map((other) => other.image);
  return freeName(stagePurpose(stage?.image ?? '', runs, others), taken);
}
