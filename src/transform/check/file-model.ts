import { isEssential } from '../../knowledge/essential.ts';
import type { ImageFacts } from '../../knowledge/image.ts';
import type { Effect } from './shell-effects.ts';
import type { CopyStep, FileStep, StageModel } from './stage-model.ts';
import { isBelow } from './words.ts';

/** Whether something lies at a path, as far as the text tells. `unknown` is no answer, and nothing rests on it. */
export type Presence = 'there' | 'absent' | 'unknown';

/** Folders of a distribution, which packages put anything into. */
const SYSTEM =
  /^\/(bin|boot|dev|etc|home|lib|lib32|lib64|libx32|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(\/|$)/;
/** Those among them that a distribution itself leaves empty, and those that every official image does. */
const EMPTY = /^\/(home|mnt|opt|srv|tmp|usr\/local\/s?bin|usr\/src|var\/www)\/./;
const ALWAYS_EMPTY = /^\/(mnt|srv)\/./;
const PROGRAMS = /^(?:\/usr)?(?:\/local)?\/s?bin\/([^/]+)$/;
const DISTRIBUTIONS = new Set(['debian', 'ubuntu', 'alpine']);

/** What was asked of a finished stage: stages that copy from each other ask the same again and again. */
const answered = new WeakMap<StageModel, Map<string, Presence>>();
/** Stages read through others; beyond it nothing can be told. */
const MOST_DEPTH = 50;

/** Whether the image of the stage and its instructions put something at the path. */
export function presenceOf(model: StageModel, path: string): Presence {
  const known = answered.get(model) ?? new Map<string, Presence>();
  answered.set(model, known);
  const answer = known.get(path) ?? presenceBefore(model, path, model.steps.length);
  known.set(path, answer);
  return answer;
}

/** The same of the instructions alone. */
export function addedPresence(model: StageModel, path: string): Presence {
  return presenceIn(model, path, model.steps.length, () =>
    model.below === null ? 'absent' : addedPresence(model.below, path),
  );
}

/** The same, asked before the step of that index. */
export const presenceBefore = (model: StageModel, path: string, until: number): Presence =>
  presenceIn(model, path, until, () =>
    model.below !== null ? presenceOf(model.below, path) : imagePresence(model.facts, path),
  );

/** Looks from the last step to the first, then at what the stage stands on. */
function presenceIn(model: StageModel, path: string, until: number, below: () => Presence): Presence {
  if (model.depth > MOST_DEPTH) return 'unknown';
  // Behind a command that nobody knows, what was there still is, and what was not may be.
  let open = false;
  const settled = (answer: Presence): Presence => (open && answer === 'absent' ? 'unknown' : answer);
  for (let at = until - 1; at >= 0; at--) {
    const step = model.steps[at] as FileStep;
    if (step.kind === 'folder' && isBelow(step.path, path)) return 'there';
    if (step.kind === 'copy') {
      const answer = copyPresence(step, path);
      if (answer !== null) return settled(answer);
    }
    if (step.kind !== 'run') continue;
    for (const effect of step.effects.toReversed()) {
      if (effect.kind === 'anything') open = true;
      const answer = effectPresence(effect, path);
      if (answer !== null) return settled(answer);
    }
  }
  return settled(below());
}

/** What an effect says of the path; null where it leaves it as it was. */
function effectPresence(effect: Effect, path: string): Presence | null {
  switch (effect.kind) {
    case 'system':
      return (ALWAYS_EMPTY.test(path) ? names(effect.words, path) : SYSTEM.test(path)) ? 'unknown' : null;
    case 'changes':
      return isBelow(path, effect.path) || isBelow(effect.path, path) ? 'unknown' : null;
    case 'removes':
      return isBelow(path, effect.path) ? 'absent' : null;
    case 'clears':
    case 'anything':
      return null;
    default:
      return isBelow(effect.path, path) ? 'there' : null;
  }
}

/** A word of the call may be the path, or a folder around it. */
const names = (words: readonly (string | null)[], path: string): boolean =>
  words.some((word) => word === null || (word.startsWith('/') && (isBelow(path, word) || isBelow(word, path))));

function copyPresence(step: CopyStep, path: string): Presence | null {
  const { from, target } = step;
  if (target === null) return 'unknown';
  if (path !== target && isBelow(target, path)) return 'there';
  if (!isBelow(path, target)) return null;
  // An archive is unpacked; of a folder its contents are copied, and the text does not tell one from a file.
  if (typeof from === 'string') return path === target ? 'there' : 'unknown';
  if (path === target && step.intoFolder) return 'there';
  const answers = step.sources.map((source) =>
    source === null ? 'unknown' : sourcePresence(from, source, step, path),
  );
  if (answers.includes('there')) return 'there';
  return answers.includes('unknown') ? 'unknown' : null;
}

/** Whether the source that a stage has lies at the path after the copy. */
function sourcePresence(from: StageModel, source: string, { target, intoFolder }: CopyStep, path: string): Presence {
  const plain = literal(source);
  if (plain === null) return 'unknown';
  const rest = path.slice(target === '/' ? 0 : (target as string).length);
  const asFolder = presenceOf(from, plain === '/' ? rest || '/' : plain + rest);
  if (asFolder === 'there' || !intoFolder) return asFolder;
  const name = plain.slice(plain.lastIndexOf('/'));
  const asFile =
    rest === name || rest.startsWith(`${name}/`) ? presenceOf(from, plain + rest.slice(name.length)) : 'absent';
  return asFile === 'absent' ? asFolder : asFile;
}

/** The path that a COPY source names; null for a pattern. A bracket that stands for itself is written `[[]`. */
export function literal(source: string): string | null {
  const plain = source.replaceAll('[[]', '\u0000');
  if (/[*?[\\]/.test(plain)) return null;
  let path = plain.replaceAll('\u0000', '[');
  while (path.endsWith('/')) path = path.slice(0, -1);
  return path.startsWith('/') ? path || '/' : `/${path}`;
}

function imagePresence(facts: ImageFacts | null, path: string): Presence {
  if (path === '/') return 'there';
  if (facts === null) return 'unknown';
  if (facts.family === 'scratch') return 'absent';
  const program = PROGRAMS.exec(path)?.[1];
  if (program !== undefined && imageProgram(facts, program) === 'absent') return 'absent';
  const isEmpty = ALWAYS_EMPTY.test(path) || (EMPTY.test(path) && DISTRIBUTIONS.has(facts.family));
  if (SYSTEM.test(path) && !isEmpty) return 'unknown';
  // What an image has beside the folders of its distribution is what its facts tell of.
  return JSON.stringify(facts).includes(`"/${path.split('/')[1]}`) ? 'unknown' : 'absent';
}

/** Whether an image has a program of that name on its PATH. */
export function imageProgram(facts: ImageFacts | null, name: string): Presence {
  if (facts === null) return 'unknown';
  if (facts.programs.includes(name) || isEssential(facts, name)) return 'there';
  return facts.interpreter === null ? 'absent' : 'unknown';
}

/** Owner and mode of a path as the text states them; undefined where the text does not tell. */
export interface Rights {
  readonly owner: string | undefined;
  /** All that is set one after the other, with commas between. */
  readonly mode: string | undefined;
}

/** A number replaces all that was set before it. */
const andThen = (earlier: string | undefined, later: string | undefined): string | undefined =>
  earlier === undefined || later === undefined
    ? (later ?? earlier)
    : /^[0-7]/.test(later)
      ? later
      : `${earlier},${later}`;

/** Who owns the path at the end of a stage, and with which mode. `inside` asks for whatever lies below the path. */
export function rightsOf(model: StageModel, path: string, inside: boolean, until = model.steps.length): Rights {
  let mode: string | undefined;
  if (model.depth > MOST_DEPTH) return { owner: undefined, mode };
  for (let at = until - 1; at >= 0; at--) {
    const step = model.steps[at] as FileStep;
    if (step.kind === 'copy') {
      const found = copyRights(model, step, path, inside, at);
      if (found !== null) return { owner: found.owner, mode: andThen(found.mode, mode) };
      // What is copied below the path does not have the owner that lay on everything there before.
      if (inside && (step.target === null || isBelow(step.target, path))) return { owner: undefined, mode };
      // A folder that only what is copied below it makes is root's.
      const isAround = step.target !== null && path !== step.target && isBelow(step.target, path);
      if (isAround && !inside && step.owner === null && presenceBefore(model, path, at) === 'absent')
        return { owner: 'root', mode };
    } else if (step.kind === 'run') {
      for (const effect of step.effects.toReversed()) {
        const covers =
          'path' in effect &&
          (effect.path === path ? !inside || ('inside' in effect && effect.inside) : isBelow(path, effect.path));
        if (effect.kind === 'anything' && effect.owners) return { owner: undefined, mode };
        // The same of what a command makes there, or gives to somebody else.
        if (
          inside &&
          'path' in effect &&
          effect.path !== path &&
          isBelow(effect.path, path) &&
          effect.kind !== 'removes'
        )
          return { owner: undefined, mode };
        if (!covers) continue;
        if (effect.kind === 'owns' && (effect.inside || effect.path === path))
          return { owner: effect.owner ?? undefined, mode };
        if (effect.kind === 'sets-mode' && (effect.inside || effect.path === path)) mode = andThen(effect.mode, mode);
        if (effect.kind === 'changes' || effect.kind === 'makes') return { owner: undefined, mode };
      }
    } else if (step.path === path && !inside && presenceBefore(model, path, at) === 'absent') {
      // A folder of WORKDIR is root's, or that of the USER in force, which differs between builders.
      return { owner: step.user === 'root' ? 'root' : undefined, mode };
    }
  }
  // What an image has among the settings of its distribution is root's, until an instruction says otherwise.
  if (model.below === null) return { owner: path.startsWith('/etc/') && !inside ? 'root' : undefined, mode };
  const below = rightsOf(model.below, path, inside);
  return { owner: below.owner, mode: andThen(below.mode, mode) };
}

/** What a COPY says of the owner of a path; null where it does not touch it. */
function copyRights(model: StageModel, step: CopyStep, path: string, inside: boolean, at: number): Rights | null {
  const { target, from, owner, mode, sources } = step;
  if (target === null) return { owner: undefined, mode: undefined };
  if (!isBelow(path, target)) return null;
  const stated = { owner: owner ?? undefined, mode: mode ?? undefined };
  if (path === target && !inside) {
    // A folder that is there keeps its owner; a file is written anew.
    const before = presenceBefore(model, path, at);
    const isTree =
      typeof from !== 'string' && sources.every((one) => one !== null && isFolder(from, literal(one) ?? ''));
    if (before === 'there' && (step.intoFolder || isTree)) return null;
    if (before !== 'absent') return { owner: undefined, mode: undefined };
  }
  // Whether the context has it too is not known here: a folder that was there keeps its owner, a file does not.
  if (from === 'context' && path !== target && presenceBefore(model, path, at) !== 'absent')
    return { owner: undefined, mode: undefined };
  if (owner !== null) return stated;
  if (from === 'context') return { owner: 'root:root', mode: stated.mode };
  const [source] = sources;
  if (typeof from === 'string' || sources.length !== 1 || source == null || literal(source) === null)
    return { owner: undefined, mode: stated.mode };
  const plain = literal(source) as string;
  const rest = path.slice(target === '/' ? 0 : target.length);
  // The folder itself comes out as root's, a file as it was.
  if (rest === '' && !inside) return { owner: isFolder(from, plain) ? 'root:root' : undefined, mode: stated.mode };
  const below = rightsOf(from, plain === '/' ? rest || '/' : plain + rest, inside);
  return { owner: below.owner, mode: andThen(below.mode, stated.mode) };
}

/** `COPY . /app`: what lies at the target is a folder, whatever its name. */
const isWholeContext = (source: string | null): boolean => source !== null && /^(\.?\/)?\.?\/?$/.test(source);

/** An instruction of the stage writes below the path, or enters it. */
function isFolder(model: StageModel, path: string): boolean {
  const found = model.steps.some((step) => {
    if (step.kind === 'folder') return isBelow(step.path, path);
    if (step.kind === 'copy')
      return (
        step.target !== null &&
        isBelow(step.target, path) &&
        (step.intoFolder || step.target !== path || (step.from === 'context' && step.sources.some(isWholeContext)))
      );
    return step.effects.some(
      (effect) => effect.kind === 'makes' && (effect.folder || effect.path !== path) && isBelow(effect.path, path),
    );
  });
  return found || (model.below !== null && isFolder(model.below, path));
}
