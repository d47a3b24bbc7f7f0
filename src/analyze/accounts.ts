import type { ImageFacts } from '../knowledge/image.ts';
import type { Demands } from './ladder.ts';

/**
 * Accounts of the old image that the container, or a step of the runtime stage, goes by and that the new image lacks. The
 * file cannot have made them: a name that is taken cannot be added.
 */
export function lostAccounts(
  { understanding, until, owners }: Pick<Demands, 'understanding' | 'until' | 'owners'>,
  facts: ImageFacts,
): readonly string[] {
  const { image, final, steps } = understanding;
  const later = steps
    .slice(until)
    .flatMap(({ instruction, before }) => [
      before.user ?? '',
      ...instruction.flags.flatMap(({ name, value }) => (name === 'chown' ? (value ?? '').split(':') : [])),
    ]);
  const names = new Set([final.user ?? '', ...later, ...owners.flatMap((owner) => owner.split(':'))]);
  return (image?.accounts ?? []).filter((name) => names.has(name) && !facts.accounts.includes(name));
}
