import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { variablesIn } from '../syntax/expand.ts';
import { keyValues } from '../syntax/words.ts';
import type { Carry } from './carry.ts';
import { lookup } from './state.ts';
import type { Step } from './understand.ts';

/** A value this short is found in too many paths to say where it comes from. */
const SHORTEST = 2;

/** ARGs whose default is spelled out in the paths that the runtime stage copies: with another value they lie elsewhere. */
export function spelledDefaults(steps: readonly Step[], until: number, carries: readonly Carry[]): Diagnostic[] {
  const build = steps.slice(0, until);
  return build
    .filter(({ instruction }) => instruction.keyword === 'ARG')
    .flatMap((step) => keyValues(step.instruction).map(({ key }) => ({ step, key, value: lookup(step.after, key) })))
    .flatMap(({ step, key, value }): Diagnostic[] => {
      if (typeof value !== 'string' || value.length < SHORTEST) return [];
      const readers = build.filter(({ instruction }) => variablesIn(instruction.rest.text).has(key));
      const paths = carries
        .filter(({ path, writer }) => path.includes(value) && readers.some((one) => placesFiles(one, writer)))
        .map(({ path }) => path);
      const args = { name: key, value, paths: paths.join(', ') };
      return paths.length === 0 ? [] : [{ code: 'DF421', span: step.instruction.span, args }];
    });
}

/** The step that writes a path, or one that says where later ones do. */
const placesFiles = ({ instruction }: Step, writer: Carry['writer']): boolean =>
  instruction.span.start === writer.span.start || /^(WORKDIR|ENV|ARG)$/.test(instruction.keyword);
