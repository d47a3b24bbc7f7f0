import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isWithin } from '../syntax/paths.ts';
import type { Carry } from './carry.ts';
import { removedBy } from './removals.ts';
import type { Roots } from './roots.ts';
import type { Step } from './understand.ts';

const MOST_NAMES = 3;

/** Development dependencies that the runtime stage takes over, with what would drop them or what starts one of them. */
export function developmentNotes(steps: readonly Step[], roots: Roots, carries: readonly Carry[]): Diagnostic[] {
  const last = new Map<string, Diagnostic | null>();
  for (const { commands } of steps)
    for (const { effects, span, certain } of commands)
      for (const effect of effects) {
        const gone = certain ? removedBy(effect) : null;
        if (gone !== null && gone.thins === null)
          for (const path of [...last.keys()].filter((one) => isWithin(one, gone.path))) last.delete(path);
        if (effect.kind !== 'development') continue;
        const { path, packages, drop } = effect;
        const started = packages.filter(({ programs }) => programs.some((program) => roots.words.has(program)));
        const shown = (started.length > 0 ? started : packages).map(({ name }) => name);
        const packagesShown = `${shown.slice(0, MOST_NAMES).join(', ')}${shown.length > MOST_NAMES ? ', …' : ''}`;
        const args = { packages: packagesShown, folder: path, drop };
        const carried = packages.length > 0 && carries.some((one) => isWithin(path, one.path));
        last.set(path, carried ? { code: started.length > 0 ? 'DF416' : 'DF415', span, args } : null);
      }
  return [...last.values()].filter((one) => one !== null);
}
