import { presenceOf, rightsOf } from './file-model.ts';
import type { StageModel } from './stage-model.ts';
import { isBelow } from './words.ts';

/** Whatever the author gave an owner or a mode has it in the runtime stage, if it is there. */
export function checkRights(old: StageModel, runtime: StageModel): string[] {
  const wrong: string[] = [];
  for (const path of givenPaths(old)) {
    if (presenceOf(runtime, path) === 'absent') continue;
    for (const inside of [false, true]) {
      if (inside && !hasInside(runtime, path)) continue;
      const [was, is] = [rightsOf(old, path, inside), rightsOf(runtime, path, inside)];
      const what = inside ? `what lies in ${path}` : path;
      if (was.owner !== undefined && is.owner !== undefined && !isSameOwner(was.owner, is.owner))
        wrong.push(`the owner of ${what} is ${is.owner} and was ${was.owner}`);
      if (was.mode !== undefined && is.mode !== undefined && !isSameMode(was.mode, is.mode))
        wrong.push(`the mode of ${what} is ${is.mode} and was ${was.mode}`);
    }
  }
  return wrong;
}

/** Something is put below the path, as far as the text tells. */
const hasInside = (model: StageModel, path: string): boolean =>
  model.steps.some((step) => {
    if (step.kind === 'copy') return step.target === null || isBelow(step.target, path) || isBelow(path, step.target);
    return (
      step.kind === 'run' &&
      step.effects.some(
        (effect) =>
          effect.kind === 'anything' || ('path' in effect && effect.path !== path && isBelow(effect.path, path)),
      )
    );
  }) ||
  (model.below !== null && hasInside(model.below, path));

/** Paths that an instruction of the stage names together with an owner or a mode. */
function givenPaths(model: StageModel): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const step of model.steps) {
    if (step.kind === 'copy' && step.target !== null && (step.owner !== null || step.mode !== null))
      paths.add(step.target);
    if (step.kind !== 'run') continue;
    for (const effect of step.effects)
      if (effect.kind === 'owns' || effect.kind === 'sets-mode') paths.add(effect.path);
  }
  return paths;
}

/** A group that only one of the two states is not compared; nor is a name with a number, but for root's. */
export function isSameOwner(one: string, other: string): boolean {
  const [user = '', group = ''] = plainOwner(one);
  const [user2 = '', group2 = ''] = plainOwner(other);
  const isNumber = (name: string): boolean => /^\d+$/.test(name);
  const same = (a: string, b: string): boolean =>
    a === '' || b === '' || a === b || (a !== '0' && b !== '0' && isNumber(a) !== isNumber(b));
  return same(user, user2) && same(group, group2);
}

const plainOwner = (owner: string): string[] => owner.split(/[:.]/).map((part) => (part === 'root' ? '0' : part));

/** What is told in letters alone says nothing of the mode before: the other may have more in front. */
const isSameMode = (one: string, other: string): boolean =>
  setMode(one) === setMode(other) ||
  (!/^[0-7]/.test(one) && other.endsWith(`,${one}`)) ||
  (!/^[0-7]/.test(other) && one.endsWith(`,${other}`));

const SHIFTS: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 };
const BITS: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1, X: 1 };

/** What a folder has in the end that had 0755, and a file that had 0644: https://www.gnu.org/software/coreutils/manual/html_node/Symbolic-Modes.html */
const setMode = (text: string): string => [0o755, 0o644].map((base) => modeFrom(base, text).toString(8)).join();

function modeFrom(base: number, text: string): number {
  let mode = base;
  for (const clause of text.split(',')) {
    if (/^[0-7]+$/.test(clause)) mode = Number.parseInt(clause, 8);
    const [, who = '', changes = ''] = /^([ugoa]*)((?:[-+=][rwxXst]*)+)$/.exec(clause) ?? [];
    const classes = who === '' || who.includes('a') ? ['u', 'g', 'o'] : [...who];
    for (const [, operator, letters = ''] of changes.matchAll(/([-+=])([rwxXst]*)/g)) {
      const bits = [...letters].reduce((sum, letter) => sum | (BITS[letter] ?? 0), 0);
      const special =
        (letters.includes('t') ? 0o1000 : 0) |
        (letters.includes('s') && classes.includes('u') ? 0o4000 : 0) |
        (letters.includes('s') && classes.includes('g') ? 0o2000 : 0);
      const given = classes.reduce((sum, one) => sum | (bits << (SHIFTS[one] ?? 0)), special);
      const cleared = classes.reduce((sum, one) => sum | (7 << (SHIFTS[one] ?? 0)), 0);
      mode = operator === '-' ? mode & ~given : operator === '+' ? mode | given : (mode & ~cleared) | given;
    }
  }
  return mode;
}
