import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Instruction } from '../syntax/document.ts';
import { isWithin, resolvePath } from '../syntax/paths.ts';
import { words } from '../syntax/words.ts';
import type { Carry } from './carry.ts';
import type { Understanding } from './understand.ts';

/**
 * A later stage that would not get the same of this one: its name will mean the runtime stage, so whoever stands on it loses
 * the toolchain, and whoever copies from it finds there what is carried alone. null where all is well.
 */
export function dependentStage({ document, stage }: Understanding, carries: readonly Carry[]): Diagnostic | null {
  const name = stage.name?.toLowerCase();
  if (name === undefined) return null;
  for (const later of document.stages.slice(stage.index + 1)) {
    const user =
      later.image.toLowerCase() === name ? later.from : later.instructions.find((one) => wants(one, name, carries));
    if (user !== undefined)
      return { code: 'DF417', span: user.span, args: { line: String(user.line), stage: stage.name as string } };
  }
  return null;
}

function wants(instruction: Instruction, name: string, carries: readonly Carry[]): boolean {
  return instruction.flags.some(({ name: flag, value }) => {
    if (flag === 'mount') return value?.split(',').some((part) => part.toLowerCase() === `from=${name}`) ?? false;
    if (flag !== 'from' || value?.toLowerCase() !== name) return false;
    const sources = (instruction.exec ?? words(instruction.rest).map(({ raw }) => raw)).slice(0, -1);
    return !sources.every(
      (source) => !/[$*?[]/.test(source) && carries.some(({ path }) => isWithin(resolvePath('/', source), path)),
    );
  });
}
