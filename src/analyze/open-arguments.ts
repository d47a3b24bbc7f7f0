import type { Instruction, Stage } from '../syntax/document.ts';
import { keyValues } from '../syntax/words.ts';
import { PREDEFINED } from './state.ts';

/** A build argument without a value in the file, with a value that nobody writes. */
export interface OpenArgument {
  readonly name: string;
  readonly instruction: Instruction;
  readonly stand: string;
}

/** The build arguments of a stage that only whoever builds gives a value: every path that holds one moves with it. */
export function openArguments(
  stage: Stage,
  globals: ReadonlyMap<string, string | null>,
  given: Readonly<Record<string, string>>,
): readonly OpenArgument[] {
  const names = new Map<string, Instruction>();
  for (const instruction of stage.instructions)
    if (instruction.keyword === 'ARG')
      for (const { key, value } of keyValues(instruction))
        if (value !== null || globals.get(key) != null) names.delete(key);
        else if (!Object.hasOwn(given, key) && !PREDEFINED.test(key)) names.set(key, instruction);
  return [...names].map(([name, instruction], index) => ({ name, instruction, stand: `open-argument-${index}` }));
}

/** The build arguments with the values that stand in place of others. */
export const withStands = (
  given: Readonly<Record<string, string>>,
  open: readonly Pick<OpenArgument, 'name' | 'stand'>[],
): Readonly<Record<string, string>> => ({
  ...given,
  ...Object.fromEntries(open.map(({ name, stand }) => [name, stand])),
});
