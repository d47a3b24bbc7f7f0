import type { ImageFacts } from '../knowledge/image.ts';
import { variablesIn } from '../syntax/expand.ts';
import type { Demands } from './ladder.ts';
import { lookup } from './state.ts';

/**
 * A variable that an instruction of the container reads, that the build image sets to what only its tag tells, and that the smaller
 * image does not set.
 */
export function unknownVariable({ understanding, system, until }: Demands, facts: ImageFacts): string | null {
  const theirs = understanding.image?.versionVariables ?? [];
  const open = theirs.filter((name) => facts.versionVariables?.includes(name) !== true);
  if (open.length === 0) return null;
  const again = new Set(system.restated.map(({ step }) => step));
  for (const step of understanding.steps) {
    const { keyword, rest } = step.instruction;
    if (/^(RUN|COPY|ADD|ARG)$/.test(keyword) && step.index < until && !again.has(step)) continue;
    const read = variablesIn(rest.text);
    const name = open.find((one) => lookup(step.before, one) === undefined && read.has(one));
    if (name !== undefined) return name;
  }
  return null;
}
