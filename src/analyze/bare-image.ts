import type { RuntimeCandidate } from '../knowledge/image.ts';
import type { Demands } from './ladder.ts';
import type { Obstacle } from './obstacle.ts';

/** The linkages that what an image without a distribution offers is enough for. */
const ENOUGH: Readonly<Record<string, readonly string[]>> = {
  scratch: ['static'],
  'distroless-static': ['static'],
  'distroless-base': ['static', 'libc'],
  'distroless-cc': ['static', 'libc', 'cpp'],
};

/** What speaks against an image without shell and package manager; null for any other image, and where nothing does. */
export function bareObstacle(
  { rung, facts }: RuntimeCandidate,
  { understanding, roots, carry, system, runs, libraries, until }: Demands,
  linkages: readonly string[],
): Obstacle | null {
  const enough = ENOUGH[rung];
  if (enough === undefined) return null;
  const { traits } = carry;
  const no = (why: Obstacle['why'], what = ''): Obstacle => ({ why, what });
  if (roots.shell || runs || !roots.stated || traits === null) return no('shell');
  const user = understanding.stage.instructions.find(
    ({ keyword, rest }) => keyword === 'USER' && !/^(\d+(:\d+)?|root|0)$/.test(rest.text),
  );
  if (user !== undefined) return no('account', user.rest.text);
  // Names that an image does not have become root without a word (seen on BuildKit).
  const given = understanding.steps
    .slice(until)
    .flatMap(({ instruction }) => instruction.flags)
    .find(({ name, value }) => name === 'chown' && !/^(\d+|root)(:(\d+|root))?$/.test(value ?? ''));
  if (given !== undefined) return no('account', given.value ?? '');
  const [program] = traits.runs;
  if (program !== undefined) return no('program', program);
  const [library] = [...libraries, ...system.kept];
  if (library !== undefined) return no('packages', library);
  if (linkages.length === 0 || !linkages.every((linkage) => enough.includes(linkage))) return no('linkage');
  if (rung === 'scratch' && (traits.readsFiles || traits.timeZones || traits.certificates || traits.users))
    return no('data');
  if (traits.timeZones && !facts.hasTimeZones) return no('data');
  return roots.needs.some((need) => need.name === null) ? no('shell') : null;
}
