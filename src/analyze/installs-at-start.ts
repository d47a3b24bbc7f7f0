import { installsWhenRun } from '../knowledge/installs-when-run.ts';
import type { Roots } from './roots.ts';
import type { Understanding } from './understand.ts';

/**
 * The package manager by which the container installs packages when it starts, where the build has not done so already: they
 * may have to be compiled there. null where it installs none, or finds them in place.
 */
export function installsAtStart({ needs }: Roots, { steps }: Understanding): string | null {
  const done = new Set(
    steps.flatMap(({ commands }) =>
      commands.flatMap(({ argv, effects }) =>
        effects.some(({ kind }) => kind === 'dependencies' || kind === 'builds-in-place') ? [keyOf(argv)] : [],
      ),
    ),
  );
  const need = needs.find(({ argv }) => installsWhenRun(argv) !== null && !done.has(keyOf(argv)));
  return need === undefined ? null : (installsWhenRun(need.argv)?.tool ?? null);
}

function keyOf(argv: readonly (string | null)[]): string | null {
  const install = installsWhenRun(argv);
  return install === null ? null : `${install.tool} ${install.what}`;
}
