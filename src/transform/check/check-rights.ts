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
      if (was.mode !== undefined && is.mode !== undefined && plainMode(was.mode) !== plainMode(is.mode))
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

const plainMode = (mode: string): string => mode.replace(/^0+(?=\d{3})/, '');
