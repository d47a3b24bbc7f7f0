import { isDistributionFolder } from '../knowledge/standard-folders.ts';
import type { Placement } from '../outcome.ts';
import { isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';
import { onlyCompileInputFile } from './context-carries.ts';
import type { StageFiles } from './records.ts';
import { runsAgain } from './restated.ts';
import type { Roots } from './roots.ts';
import type { CommandFacts } from './shell-world.ts';
import type { SystemPlan } from './system.ts';
import { namesRelative } from './system-commands.ts';
import { takesStrange } from './system-inputs.ts';
import { isBuilding, type Step, type Understanding } from './understand.ts';

const MOVED = new Set([
  'CMD',
  'ENTRYPOINT',
  'HEALTHCHECK',
  'EXPOSE',
  'VOLUME',
  'LABEL',
  'MAINTAINER',
  'STOPSIGNAL',
  'ONBUILD',
]);
const isBuildStep = (step: Step): boolean =>
  step.commands.some((command) =>
    command.effects.some(
      (effect) =>
        (isBuilding(effect) && effect.kind !== 'checks' && effect.kind !== 'cache') || effect.kind === 'unknown',
    ),
  );

/** The index behind the last step that has to stand in the build stage. */
export function buildEnd({ steps }: Understanding, files: StageFiles, roots: Roots): number {
  let end = 0;
  for (const step of steps) if (isBuildStep(step) || step.word?.kind === 'build') end = step.index + 1;
  const compilers = steps.flatMap(({ commands }) =>
    commands.flatMap(({ ecosystem, effects }) =>
      ecosystem !== null && effects.some(({ kind }) => kind === 'compiles') ? [ecosystem] : [],
    ),
  );
  // What only a compiler reads stays with the build.
  const isInput = (path: string): boolean => onlyCompileInputFile(path, parentFolder(path), [...new Set(compilers)]);
  for (const step of steps.slice(end)) {
    if (step.instruction.keyword !== 'RUN') continue;
    const made = (path: string, taken = false): boolean =>
      files.history.some(
        (record) =>
          record.step.index < step.index &&
          // What is taken out of a cache lies there; to empty one works on nothing.
          (record.class === 'cache'
            ? taken && isWithin(path, record.path)
            : isWithin(record.path, path) || isWithin(path, record.path)),
      );
    // What nobody is known to have made, the build did: what is mounted is there in either stage.
    const isMounted = step.instruction.flags.some(({ name }) => name === 'mount');
    const takes = !isMounted && step.commands.some((command) => takesStrange(command, step, files));
    const works = step.commands.some((command) =>
      command.effects.some(
        (effect) =>
          (effect.kind === 'owns' && (effect.recursive || isInput(effect.path)) && made(effect.path)) ||
          ((effect.kind === 'copies' || effect.kind === 'moves') && made(effect.from, true)) ||
          ((effect.kind === 'deletes' || effect.kind === 'thins') && made(effect.path)) ||
          (effect.kind === 'reads' && made(effect.path, true)) ||
          (effect.kind === 'writes' && made(effect.path)),
      ),
    );
    // Without a shell in the container's own words, plain file work is done where the shell is.
    const plain =
      !roots.shell &&
      step.commands.every((command) =>
        command.effects.every((effect) =>
          [
            'makes-folder',
            'owns',
            'writes',
            'prints',
            'deletes',
            'links',
            'copies',
            'moves',
            'cleans-cache',
            'reads',
          ].includes(effect.kind),
        ),
      );
    // A tool of the build is not there any more, unless it installs something for the container.
    const tool = step.commands.some(
      ({ ecosystem, effects }) => ecosystem !== null && !effects.some((effect) => effect.kind === 'restate'),
    );
    // What it removes is not there any more.
    const purges = step.commands.some(({ effects }) => effects.some((effect) => effect.kind === 'removes-packages'));
    if (
      works ||
      takes ||
      tool ||
      purges ||
      (plain && files.records.every((record) => !record.command?.ecosystem?.interpreted))
    )
      end = step.index + 1;
  }
  return end;
}

/** Effects that are the same in whichever folder the command runs. */
const ANYWHERE = new Set([
  'installs',
  'network',
  'updates-index',
  'cleans-cache',
  'removes-packages',
  'accounts',
  'prints',
  'runtime-state',
]);

/** Effects that tell every path by name. */
const TOLD = new Set(['writes', 'makes-folder', 'owns', 'deletes', 'thins', 'links', 'copies', 'moves', 'reads']);

/** False for a command that does the same in any folder: it names no file, or only by whole paths. */
function usesFolder(command: CommandFacts): boolean {
  const { argv, effects } = command;
  const words = argv.slice(1).filter((word) => word === null || !word.startsWith('-'));
  const isFile = (word: string | null): boolean => word === null || /^[^/:]+\/|^\.{1,2}$/.test(word);
  if (effects.every(({ kind }) => ANYWHERE.has(kind))) return words.some(isFile);
  if (effects.every(({ kind }) => ANYWHERE.has(kind) || TOLD.has(kind))) return namesRelative(command);
  return words.length === 0 || words.some((word) => !word?.startsWith('/'));
}

/** A word names one of these files from the folder in which the command runs. */
const readsFrom = ({ argv, cwd }: CommandFacts, files: readonly string[]): boolean =>
  cwd !== null &&
  argv
    .slice(1)
    .some((word) => !/^[-/]/.test(word ?? '') && files.some((path) => isWithin(resolvePath(cwd, word ?? ''), path)));

/** The last word of a COPY, as it is written. */
const targetOf = ({ instruction }: Step): string =>
  instruction.exec?.at(-1) ?? instruction.rest.text.trim().split(/\s+/).at(-1) ?? '';

/**
 * Where an instruction goes: what configures the container moves, what steps depend on stands in both stages. `isWanted`: the container
 * names the folder, and nothing that is carried brings it.
 */
export function placementOf(
  step: Step,
  until: number,
  system: SystemPlan,
  steps: readonly Step[],
  again: readonly Step[],
  isWanted: (folder: string) => boolean,
): Placement {
  const { keyword } = step.instruction;
  if (step.index >= until || MOVED.has(keyword)) return 'runtime';
  if (keyword === 'ENV' || again.includes(step)) return 'both';
  if (keyword === 'RUN') return system.restated.some((run) => run.step === step) ? 'both' : 'build';
  if (keyword === 'SHELL') return 'both';
  if (keyword === 'WORKDIR' || keyword === 'USER') {
    const next = steps.find(
      (other) =>
        other.index > step.index &&
        other.instruction.keyword === keyword &&
        (keyword === 'USER' || /^["']?\//.test(other.instruction.rest.text)),
    );
    // What the runtime stage does between the two is done in that folder, or as that user.
    const serves = (from: Step, to: Step): boolean =>
      steps.slice(from.index + 1, to.index).some((other) => {
        const run = system.restated.find((one) => one.step === other);
        const stays = other.index >= until || again.includes(other);
        if (keyword === 'USER') return run !== undefined;
        if (other.copy !== null) return stays && !/^["']?[/$]/.test(targetOf(other));
        return other.commands.some(
          (command) =>
            (stays || (run && runsAgain(run, command))) &&
            (usesFolder(command) || readsFrom(command, run?.before ?? [])),
        );
      });
    if (next === undefined) {
      const trip = keyword === 'WORKDIR' ? roundTrip(steps) : null;
      return trip !== null && step.index > trip.from.index && trip.to.index < until && !serves(trip.from, trip.to)
        ? 'build'
        : 'both';
    }
    const isKept = keyword === 'WORKDIR' && (isGivenAway(step, system) || isWanted(step.after.workdir ?? '/'));
    return isKept || serves(step, next) ? 'both' : 'build';
  }
  return 'build';
}

/** `WORKDIR /app`, `WORKDIR assets`, `WORKDIR ..`: the folder in which the container starts, left and entered again. */
function roundTrip(steps: readonly Step[]): { readonly from: Step; readonly to: Step } | null {
  const entered = steps.filter(({ instruction }) => instruction.keyword === 'WORKDIR');
  const start = entered.findLastIndex(({ instruction }) => /^["']?\//.test(instruction.rest.text));
  const to = entered.at(-1);
  const from = entered.slice(Math.max(start, 0)).find((one) => one.after.workdir === to?.after.workdir);
  return from === undefined || to === undefined || to.after.workdir === null || from === to ? null : { from, to };
}

/** A command of the runtime stage gives the folder away, which has to be there. */
function isGivenAway({ index, after: { workdir } }: Step, { restated }: SystemPlan): boolean {
  if (workdir === null || isDistributionFolder(workdir)) return false;
  return restated.some(
    (run) =>
      run.step.index > index &&
      run.step.commands.some(
        (command) =>
          runsAgain(run, command) &&
          command.effects.some((effect) => effect.kind === 'owns' && isWithin(workdir, effect.path)),
      ),
  );
}
