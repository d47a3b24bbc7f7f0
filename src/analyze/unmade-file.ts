import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { launchedFile } from '../knowledge/ecosystems.ts';
import type { Instruction } from '../syntax/document.ts';
import { baseName, isWithin, resolvePath } from '../syntax/paths.ts';
import type { CarryPlan } from './carry.ts';
import { behindLinks } from './links.ts';
import type { StageFiles } from './records.ts';
import type { Roots } from './roots.ts';
import type { SystemPlan } from './system.ts';
import type { Understanding } from './understand.ts';

/** What packages and images bring along lies there. */
const SYSTEM = /^\/(usr|lib\w*|bin|sbin)\//;

/** The absolute paths that a RUN names as words of their own. */
const namedPaths = ({ keyword, rest }: Instruction): readonly string[] =>
  keyword === 'RUN' ? rest.text.split(/[\s"'=;&|()<>]+/).filter((word) => word.startsWith('/')) : [];

/**
 * A program that is named to its launcher, or a path that a RUN of the build names too, and that the runtime stage would not have:
 * some step makes it in a way that is not understood.
 */
export function unmadeFile(
  { final, steps, image }: Understanding,
  { needs }: Roots,
  { carries }: CarryPlan,
  { restated }: SystemPlan,
  { links }: Pick<StageFiles, 'links'>,
  until: number,
): Diagnostic | null {
  const isThere = (path: string): boolean => isFound(path) || isFound(behindLinks(path, { links }));
  const isFound = (path: string): boolean =>
    SYSTEM.test(path) ||
    image?.toolchainTrees.some((tree) => isWithin(path, tree)) ||
    carries.some((one) => isWithin(path, one.path) || isWithin(one.path, path)) ||
    restated.some(({ writes }) => writes.some((written) => isWithin(path, written))) ||
    steps.some(({ instruction: { keyword, rest } }) => keyword === 'VOLUME' && rest.text.includes(path)) ||
    steps
      .slice(until)
      .some(
        ({ instruction: one, copy }) =>
          (copy !== null && (copy.target === null || isWithin(path, copy.target))) ||
          (one.keyword === 'RUN' && one.rest.text.includes(baseName(path))),
      );
  const stay = new Set(steps.slice(0, until).flatMap(({ instruction }) => namedPaths(instruction)));
  for (const { argv, instruction, via } of needs) {
    const launched = launchedFile(argv);
    // What it makes itself need not be there.
    const isMaker = baseName(argv[0] ?? '') === 'mkdir';
    const named = via === instruction.keyword && !isMaker ? argv.filter((word) => word !== null && stay.has(word)) : [];
    const files = [launched, ...named].filter((file) => file !== null && !/[*?$]/.test(file)) as string[];
    const file = files.map((one) => resolvePath(final.workdir ?? '/', one)).find((path) => !isThere(path));
    if (file !== undefined) return { code: 'DF312', span: instruction.span, args: { file } };
  }
  return null;
}
