import { runsCommand } from '../../knowledge/entrypoints.ts';
import { addedPresence, imageProgram, type Presence, presenceOf } from './file-model.ts';
import type { Command, StageModel } from './stage-model.ts';
import { absolute, isBelow } from './words.ts';

/** A shell that is given nothing to do, by its name or its path. */
const CONSOLE = /^(\/(usr\/)?bin\/)?(ba|a|da|z)?sh$/;

/** What the container is started with reaches the runtime stage: its programs, and the files that its words name. */
export function checkRoots(old: StageModel, runtime: StageModel): string[] {
  const wrong: string[] = [];
  const { entrypoint, cmd, healthcheck } = runtime.configuration;
  for (const [what, command] of Object.entries({ ENTRYPOINT: entrypoint, CMD: cmd, HEALTHCHECK: healthcheck })) {
    if (command == null) continue;
    const words = wordsOf(command, runtime);
    // The words of CMD are arguments where an ENTRYPOINT takes them, unless that only runs them.
    const starts =
      what !== 'CMD' || entrypoint == null || ('exec' in entrypoint && runsCommand(entrypoint.exec, words[0] ?? ''));
    for (const [index, word] of words.entries()) {
      if (index === 0 && starts && !word.includes('/')) {
        // No program has such a name: the original does not start either.
        if (word === '' || word.startsWith('-')) continue;
        const there = programOf(runtime, word);
        if (
          (there === 'absent' && programOf(old, word) !== 'absent') ||
          (there === 'unknown' && isOffPath(old, runtime, word))
        )
          wrong.push(`${what} starts ${word}, which is not on the PATH of the runtime stage`);
        continue;
      }
      const path = pathIn(word, index, runtime.configuration.workdir);
      if (path !== null && presenceOf(runtime, path) === 'absent' && isMade(old, path))
        wrong.push(`${what} names ${path}, which the runtime stage does not have`);
    }
  }
  const started = wordsOf(entrypoint ?? cmd ?? { exec: [] }, runtime);
  // Whoever starts a container that starts nothing by itself names programs that are found on the PATH; so does a
  // program that starts others.
  const isNamed = (path: string): boolean =>
    !started.every((word) => CONSOLE.test(word)) &&
    [entrypoint, cmd, healthcheck].some(
      (command) =>
        command != null &&
        wordsOf(command, runtime).some((word) => absolute(runtime.configuration.workdir ?? '/', word) === path),
    );
  for (const folder of leftOut(old, runtime))
    if (
      runtime.steps.some(
        (step) => step.kind === 'copy' && step.target !== null && isBelow(step.target, folder) && !isNamed(step.target),
      )
    )
      wrong.push(`${folder} is not on the PATH of the container`);
  return wrong;
}

/** The folders on the PATH that it does not have any more. */
function leftOut(old: StageModel, runtime: StageModel): readonly string[] {
  const [was = [], is = []] = [old, runtime].map(({ configuration }) =>
    (configuration.env.get('PATH') ?? '').split(':'),
  );
  return was.filter((folder) => folder.startsWith('/') && !is.includes(folder));
}

/** A folder that was on the PATH is copied and may hold the program, but the container does not look there any more. */
function isOffPath(old: StageModel, runtime: StageModel, name: string): boolean {
  const is = (runtime.configuration.env.get('PATH') ?? '').split(':');
  const isCopied = (path: string): boolean =>
    runtime.steps.some((step) => step.kind === 'copy' && step.target === absolute('/', path));
  // A program that is copied by its own name to where the container looks is found there.
  if (is.some((folder) => isCopied(`${folder}/${name}`))) return false;
  return leftOut(old, runtime).some(
    (folder) => isCopied(folder) && addedPresence(runtime, absolute(folder, name)) !== 'absent',
  );
}

/** The first words of what is started, as far as they are plain. */
function wordsOf(command: Command, { configuration }: StageModel): readonly string[] {
  if ('exec' in command) return command.exec;
  const shell = configuration.shell[0] ?? '';
  const line = command.line.replace(/^exec\s+/, '');
  const plain = /^[\w./:=@%+, -]+$/.test(line) && !/^\w+=/.test(line);
  return [shell, ...(plain ? line.split(/\s+/) : [])].filter((word) => word !== '');
}

/** The path that a word means: an absolute one, or a file's name in the working folder. */
function pathIn(word: string, index: number, workdir: string | null): string | null {
  if (/[*?$:=\s]|^-|\/\//.test(word)) return null;
  if (word.startsWith('/')) return absolute('/', word);
  const isFile =
    index === 0 ? word.includes('/') : /^[\w./-]+\.(js|mjs|cjs|py|rb|jar|war|php|pl|sh|dll|ts)$/.test(word);
  return isFile && workdir !== null ? absolute(workdir, word) : null;
}

/** An instruction of the stage says that it makes the path: what nobody makes is mounted, or missing in both containers. */
function isMade(model: StageModel, path: string): boolean {
  const presence = presenceOf(model, path);
  if (presence !== 'unknown') return presence === 'there';
  const quoted = (text: string): string => text.replace(/\W/g, '\\$&');
  const at = path.lastIndexOf('/');
  // Its whole path, or its name in the folder that the stage works in.
  const worksThere = model.steps.some((step) => step.kind === 'folder' && step.path === path.slice(0, at));
  const names = worksThere ? `${quoted(path)}|${quoted(path.slice(at + 1))}` : quoted(path);
  const word = new RegExp(`(^|[\\s"'=>]|\\./)(${names})($|[\\s"';&|)])`);
  const isNamed = model.steps.some((step) =>
    step.kind === 'copy'
      ? step.target !== null && isBelow(path, step.target) && !step.sources.every((source) => isOther(source, path))
      : step.kind === 'run' && step.effects.some(({ kind }) => kind === 'anything') && word.test(step.instruction.text),
  );
  return isNamed || (model.below !== null && isMade(model.below, path));
}

/** A name by which a list, a lock or a description is called, and no folder. */
const DESCRIPTION = /\.(cfg|ini|json|lock|mod|sum|toml|txt|xml|ya?ml)$/;

/** The source is a file of another name than the path's. */
const isOther = (source: string | null, path: string): boolean =>
  source !== null && DESCRIPTION.test(source) && !path.endsWith(source.slice(source.lastIndexOf('.')));

/** Whether a program of that name is found on the PATH of the stage's container. */
function programOf(model: StageModel, name: string): Presence {
  const path = model.configuration.env.get('PATH');
  if (path == null) return 'unknown';
  const image = imageProgram(model.facts, name);
  if (image !== 'absent') return image;
  const answers = path
    .split(':')
    .map((folder) => (folder.startsWith('/') ? addedPresence(model, absolute(folder, name)) : 'unknown'));
  return answers.includes('there') ? 'there' : answers.includes('unknown') ? 'unknown' : 'absent';
}
