import type { StageModel } from './stage-model.ts';
import { isBelow } from './words.ts';

/** Where images have files that change what a service does, whether or not anybody names them. */
const SETTINGS = /^\/(etc|usr\/share\/nginx|var\/www)\/./;
/** Folders of every distribution: https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html */
const EVERYWHERE = /^\/(etc|opt|srv|usr\/(local|local\/bin|local\/lib|local\/share|share)|var\/(lib|log|tmp))$/;

/** What the author took away of the image's own files, or gave away, has gone and is given in the runtime stage too. */
export function checkImageFiles(was: StageModel, is: StageModel): string[] {
  if (is.facts?.shell !== true) return [];
  const wrong: string[] = [];
  const filled: string[] = [];
  let seen = '';
  for (const step of was.steps) {
    if (step.kind === 'copy' && step.target !== null) filled.push(step.target);
    if (step.kind === 'copy') seen += ` ${step.target ?? '/etc /usr/share/nginx /var/www'}`;
    if (step.kind !== 'run') continue;
    for (const effect of step.effects) {
      if (effect.kind === 'changes') filled.push(effect.path);
      // What lies in a folder of the site that the author filled is the author's.
      const isAuthors = (path: string): boolean =>
        isBelow(path, '/var/www') && filled.some((folder) => folder !== path && isBelow(path, folder));
      if (effect.kind === 'removes' || effect.kind === 'clears') {
        const { path } = effect;
        const others = seen + besides(step.instruction.rest, path);
        if (isOfImage(was, path) && !isAuthors(path) && !others.includes(path) && !isDone(is, path, false))
          wrong.push(`${path} is taken away from the image, which the runtime stage leaves there`);
      } else if ((effect.kind === 'owns' || effect.kind === 'sets-mode') && EVERYWHERE.test(effect.path))
        if (!isDone(is, effect.path, true))
          wrong.push(`${effect.path} is given away, which the runtime stage leaves as it was`);
    }
    seen += ` ${step.instruction.rest}`;
  }
  return [...new Set(wrong)];
}

/** Nothing but the image, or a package, can have put it there. */
const isOfImage = ({ facts }: StageModel, path: string): boolean =>
  SETTINGS.test(path) && (!isBelow(path, '/var/www') || (facts !== null && isBelow(facts.workdir, '/var/www')));

/** The text with the first mention of the path taken out. */
function besides(text: string, path: string): string {
  const at = text.indexOf(path);
  return at < 0 ? path : ` ${text.slice(0, at)} ${text.slice(at + path.length)}`;
}

/** A RUN of the stage does the same to the path, or names it in some other way. */
function isDone(model: StageModel, path: string, isGiven: boolean): boolean {
  return (
    model.steps.some(
      (step) =>
        step.kind === 'run' &&
        (step.instruction.rest.includes(path) ||
          step.effects.some((effect) =>
            effect.kind === 'owns' || effect.kind === 'sets-mode'
              ? isGiven && (effect.path === path || (effect.inside && isBelow(path, effect.path)))
              : (effect.kind === 'removes' || effect.kind === 'clears') && !isGiven && isBelow(path, effect.path),
          )),
    ) ||
    (model.below !== null && isDone(model.below, path, isGiven))
  );
}
