import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { launchedFile } from '../knowledge/ecosystems.ts';
import { baseName, isWithin, resolvePath } from '../syntax/paths.ts';
import type { CarryPlan } from './carry.ts';
import type { Roots } from './roots.ts';
import type { SystemPlan } from './system.ts';
import type { Understanding } from './understand.ts';

/** What packages and images bring along lies there. */
const SYSTEM = /^\/(usr|lib\w*|bin|sbin)\//;

/**
 * A program that is named to its launcher and that the runtime stage would not have: some step makes it in a way that is not
 * understood.
 */
export function unmadeFile(
  { final, steps, image }: Understanding,
  { needs }: Roots,
  { carries }: CarryPlan,
  { restated }: SystemPlan,
  until: number,
): Diagnostic | null {
  for (const { argv, instruction } of needs) {
    const file = launchedFile(argv);
    if (file === null || /[*?$]/.test(file)) continue;
    const path = resolvePath(final.workdir ?? '/', file);
    const there =
      SYSTEM.test(path) ||
      image?.toolchainTrees.some((tree) => isWithin(path, tree)) ||
      carries.some((one) => isWithin(path, one.path)) ||
      restated.some(({ writes }) => writes.some((written) => isWithin(path, written))) ||
      steps
        .slice(until)
        .some(
          ({ instruction: one, copy }) =>
            copy !== null || (one.keyword === 'RUN' && one.rest.text.includes(baseName(path))),
        );
    if (!there) return { code: 'DF312', span: instruction.span, args: { file: path } };
  }
  return null;
}
