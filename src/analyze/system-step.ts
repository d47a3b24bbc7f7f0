import { isEssential } from '../knowledge/essential.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import type { Span } from '../syntax/document.ts';
import { variablesIn } from '../syntax/expand.ts';
import { baseName, isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';
import { SYSTEM_FOLDERS } from './context-carries.ts';
import { linkFolder } from './enclosed-links.ts';
import { halfItems } from './half-items.ts';
import { setsUpDropped } from './idle.ts';
import { absentWords, type ImageChange, imageChange, removalWords } from './image-changes.ts';
import type { PackageChoices, PackageVerdict } from './package-verdicts.ts';
import { isInToolchain, type StageFiles, type WriteRecord } from './records.ts';
import { copyOf, tendsScript } from './repeated-copies.ts';
import { type Restated, restate } from './restated.ts';
import type { CommandFacts } from './shell-world.ts';
import { withSubstituted } from './substitutions.ts';
import {
  entersFolder,
  isFetching,
  isInstall,
  isPlain,
  isShellSetting,
  isSystem,
  isUpgrade,
  isUpkeep,
  makesLink,
  namesRelative,
  removesBuild,
  removesToolchain,
  tidiesBehind,
  tidiesHome,
  untidyWords,
  writtenBy,
} from './system-commands.ts';
import { missingInputs, packageSettings, readOf, takesStrange } from './system-inputs.ts';
import { namedIn, type Tangle } from './tangle.ts';
import { itemOf, type Step, type Understanding } from './understand.ts';
import { removesOnlyDropped, type WordEdit, withoutWord } from './word-edits.ts';

/** What the decisions on system changes depend on. */
export interface SystemChoices extends PackageChoices {
  /** RUNs of plain work on files run again, rather than their results being carried over. */
  readonly plain: boolean;
  /** The image that the container runs on: one without a shell has none of the files that a RUN could change. */
  readonly on: 'same' | 'other' | 'bare';
  /** The folder that is carried over and that the path lies in. */
  readonly treeOf: (path: string) => string | null;
  /** Something carried that lies in the folder, so that its copy makes the folder. */
  readonly insideOf: (folder: string) => string | null;
  readonly carried: (path: string) => boolean;
  /** Sets up programs that the container does not start. */
  readonly idle: (command: CommandFacts, verdicts: readonly PackageVerdict[]) => boolean;
  readonly files: StageFiles;
}

/** The stage, and what the RUNs decided on so far have led to: a decision adds to it. */
export interface SystemState {
  readonly image: ImageFacts;
  /** The whole Dockerfile. */
  readonly text: string;
  readonly steps: readonly Step[];
  readonly copiedBy: Understanding['copiedBy'];
  readonly choices: SystemChoices;
  /** Packages that stay in the runtime stage. */
  readonly kept: string[];
  readonly dropped: PackageVerdict[];
  readonly restated: Restated[];
  /** COPYs of the build context that are repeated for them. */
  readonly repeated: Set<Step>;
  readonly tangled: Tangle[];
  /** The commands that run again. */
  readonly running: Set<CommandFacts>;
}

/** One RUN while it is decided on. */
interface Draft {
  readonly step: Step;
  readonly verdicts: readonly PackageVerdict[];
  /** What its commands change about files of the image. */
  readonly changes: ReadonlyMap<CommandFacts, ImageChange>;
  /** It installs something that stays. */
  readonly installs: boolean;
  /** The commands for whose sake it runs again. */
  readonly substance: ReadonlySet<CommandFacts>;
  /** Plain work on files that every image can do, all of it. */
  readonly plain: boolean;
  /** Words of a command that only tidy up behind an install; null where it does something else. */
  readonly untidy: (command: CommandFacts) => readonly Span[] | null;
}

/** Decides which commands of a RUN run again in the runtime stage, given what becomes of its packages. */
export function planStep(step: Step, verdicts: readonly PackageVerdict[], state: SystemState): void {
  const { image, steps, choices, running } = state;
  const draft = draftOf(step, verdicts, state);
  const { substance, changes, installs, plain, untidy } = draft;
  if ((!plain || leavesNothing(step, steps, choices.files)) && substance.size === 0) return;
  const wanted = wantedOf(draft, state);
  for (const command of wanted) running.add(command);
  for (const command of substance)
    if (!changesInPlace(command, changes)) pullSources(command, step, choices.files, running);
  for (const command of substance) if (namesRelative(command)) followFolder(command, step, running);
  for (const command of feedersOf(step, substance)) running.add(command);
  for (const command of misplaced(step, running))
    if (substance.has(command)) state.tangled.push({ command, why: 'folder' });
    else running.delete(command);
  for (const command of halfItems(step, running)) if (!substance.has(command)) running.delete(command);
  const before = inputsOf(wanted, draft, state);
  // What lies in a folder that is copied before it is there as the whole build left it: to do it twice fails, or adds twice.
  const copied = [...before, ...state.restated.flatMap((run) => run.before)];
  for (const command of wanted) if (!substance.has(command) && worksWithin(command, copied)) running.delete(command);
  if (installs && !state.restated.some((run) => run.before.length > 0))
    for (const record of packageSettings(step, choices.files)) before.add(record.path);
  if (plain && substance.size === 0 && !step.commands.every((command) => running.has(command))) {
    for (const command of step.commands) running.delete(command);
    return;
  }
  const isMade = (path: string): boolean => isMadeByStage(path, choices.files);
  const isAgain = (path: string): boolean => isWrittenAgain(path, running) || isRepeated(path, state);
  for (const command of wanted) if (removesBuild(command, image, isMade, isAgain)) running.delete(command);
  if (!step.commands.every((command) => running.has(command)))
    for (const command of idleSettings(step, running, state.text)) running.delete(command);
  const run = restate(step, running, verdicts, substance, untidy, trimmedWords(draft, state), outermost([...before]));
  if ('why' in run) state.tangled.push(run);
  else state.restated.push(run);
}

const isMadeByStage = (path: string, { history }: StageFiles): boolean =>
  history.some((record) => isWithin(record.path, path));

const isWrittenAgain = (path: string, running: ReadonlySet<CommandFacts>): boolean =>
  writtenBy([...running]).some((written) => isWithin(written, path) || isWithin(path, written));

const isRepeated = (path: string, { repeated }: SystemState): boolean =>
  [...repeated].some(({ copy }) => copy?.mappings?.some((one) => one.path === path));

function draftOf(step: Step, verdicts: readonly PackageVerdict[], state: SystemState): Draft {
  const { image, choices, kept, dropped } = state;
  const changes = changesOf(step, state);
  const untidy = (command: CommandFacts): readonly Span[] | null =>
    untidyWords(
      command,
      (path) => isMadeByStage(path, choices.files),
      (path) => isWrittenAgain(path, state.running) || isRepeated(path, state),
      (path) => changes.get(command)?.takes.includes(path) ?? false,
    );
  const stays = (command: CommandFacts): boolean =>
    isInstall(command) &&
    verdicts.some(({ becomes, word }) => becomes.length > 0 && (command.words.includes(word) || word === command.span));
  const installs = step.commands.some((command) => stays(command) || isUpgrade(command));
  const substance = step.commands.filter(
    (command) =>
      (isSystem(command) && (installs || !choices.idle(command, verdicts)) && !setsUpDropped(command, dropped, kept)) ||
      stays(command) ||
      changes.has(command) ||
      makesLink(
        command,
        (path) => choices.treeOf(path) !== null || linkFolder(path, command, step, image) !== null,
        (path) => isInToolchain(path, choices.files.history),
      ),
  );
  const plain =
    choices.plain &&
    step.commands.some((command) => isPlainHere(command, step, state)) &&
    step.commands.every((command) => isShellSetting(command) || isPlainHere(command, step, state));
  return { step, verdicts, changes, installs, substance: new Set(substance), plain, untidy };
}

/** What the commands change about files of the image, where that image is the one the container runs on or one like it. */
function changesOf(
  step: Step,
  { image, choices, kept, dropped, running, copiedBy }: SystemState,
): Map<CommandFacts, ImageChange> {
  const again = writtenBy([...running]);
  const isMadeAgain = (path: string): boolean =>
    again.some((written) => isWithin(written, path.replace(/\/\*$/, '')) && `${written}/*` !== path);
  const installs = kept.length + dropped.length > 0;
  const around = { image, files: choices.files, isMadeAgain, isOther: choices.on === 'other', copiedBy, installs };
  const changes = new Map<CommandFacts, ImageChange>();
  for (const command of choices.on === 'bare' ? [] : step.commands) {
    const change = imageChange(command, step, around);
    if (change.takes.length > 0 || change.gives) changes.set(command, change);
  }
  return changes;
}

/** Plain work; what only a package or the image itself can have put there need not be there any more. */
const isPlainHere = (command: CommandFacts, step: Step, { image, choices }: SystemState): boolean =>
  isPlain(command, choices.carried) &&
  isAtHand(command, image) &&
  !takesFromSystem(command, choices.files) &&
  !takesStrange(command, step, choices.files) &&
  !removesToolchain(command, image) &&
  !tidiesHome(command);

/** The commands for whose sake the RUN runs again, and those that go with them. */
function wantedOf({ step, verdicts, installs, substance, untidy }: Draft, state: SystemState): readonly CommandFacts[] {
  const { image } = state;
  const managers = new Set([...substance].filter(isSystem).map(({ argv }) => argv[0]));
  return step.commands.filter(
    (command) =>
      substance.has(command) ||
      (isUpkeep(command) &&
        (installs || managers.has(command.argv[0])) &&
        isAtHand(command, image) &&
        !removesOnlyDropped(command, verdicts)) ||
      (installs && untidy(command) !== null) ||
      (tidiesBehind(command, substance) && hasProgram(command, image, substance)) ||
      tendsScript(command, substance) ||
      isShellSetting(command) ||
      isPlainHere(command, step, state),
  );
}

/**
 * Paths of the build stage that have to be copied before the RUN. Work on files that something else makes is done where they
 * are made, and does not run again.
 */
function inputsOf(wanted: readonly CommandFacts[], draft: Draft, state: SystemState): Set<string> {
  const { step, changes, substance, untidy } = draft;
  const { image, choices, running, tangled } = state;
  const { files } = choices;
  const before = new Set<string>();
  // A script that is there for one of its commands is there for all of them.
  const scripts = [...substance].flatMap((command) => command.scripts);
  const isThere = ({ path, class: kind }: WriteRecord): boolean =>
    isRepeated(path, state) || (kind === 'context' && scripts.some((script) => isWithin(script, path)));
  for (const command of wanted) {
    const missing = running.has(command) ? missingInputs(command, step, files, running, image) : [];
    if (missing.length === 0 || untidy(command) !== null || changesInPlace(command, changes)) continue;
    if (!substance.has(command)) {
      if (!missing.every(isThere)) running.delete(command);
      continue;
    }
    const copies = missing.map((record) => copyOf(record, step, files, running));
    if (!copies.includes(null)) {
      for (const copy of copies) state.repeated.add(copy as Step);
      continue;
    }
    const inPlace =
      command.cwd === step.before.workdir || command.argv.every((word) => !/^\.|^[^/-].*\//.test(word ?? ''));
    if (!inPlace || !missing.every((record) => files.records.includes(record))) {
      tangled.push({ command, why: 'input', what: namedIn((missing[0] as WriteRecord).path, command) });
      continue;
    }
    const [link] = command.effects.every(({ kind }) => kind === 'links') ? writtenBy([command]) : [];
    // A link is made again beside what lies in its folder: with the whole folder it would come twice.
    const beside = link === undefined ? null : choices.insideOf(parentFolder(link));
    const read =
      beside !== null
        ? [beside]
        : missing.flatMap((record) =>
            record.class === 'context' ? readOf(record, command) : [choices.treeOf(record.path) ?? record.path],
          );
    const shared = read.find((path) => SYSTEM_FOLDERS.has(path));
    if (shared !== undefined) tangled.push({ command, why: 'input', what: namedIn(shared, command) });
    for (const path of read) if (!state.restated.some((run) => run.before.includes(path))) before.add(path);
  }
  return before;
}

/** Words that name what is not there, and the `-f` for what may not be. */
function trimmedWords({ step, changes, installs, untidy }: Draft, state: SystemState): readonly WordEdit[] {
  const { image, steps, choices, kept, dropped, running } = state;
  // What is installed again brings its files along; those of an image may not be in another one.
  const mayLack = kept.length === 0 && (choices.on === 'other' || dropped.length > 0);
  return [...changes].flatMap(([command, change]): WordEdit[] => {
    const { dropped: words, force } = removalWords(command, change, mayLack);
    const idle = installs ? untidy(command) : null;
    // A WORKDIR makes its folder in both stages.
    const there = [
      ...writtenBy([...running]),
      ...steps.slice(0, step.index + 1).flatMap(({ before }) => before.workdir ?? []),
    ];
    const absent = absentWords(command, step, image, choices.files, (path) => there.some((one) => isWithin(one, path)));
    return [
      ...(idle === null ? [...words, ...absent].map((word) => withoutWord(command, word)) : []),
      ...(force === null ? [] : [{ span: { start: force.end, end: force.end }, text: ' -f' }]),
    ];
  });
}

/** Commands that name files from the folder that a `cd` leads to, where that `cd` does not run again. */
function misplaced({ commands, before }: Step, running: ReadonlySet<CommandFacts>): CommandFacts[] {
  let at = before.workdir;
  return commands.filter((command) => {
    if (!running.has(command)) return false;
    const [program, folder] = command.argv;
    if (program === 'cd') at = at === null || folder == null ? null : resolvePath(at, folder);
    return program !== 'cd' && command.cwd !== at && namesRelative(command);
  });
}

/** Changes nothing but what lies in these folders. */
function worksWithin({ effects }: CommandFacts, folders: readonly string[]): boolean {
  const paths = effects.flatMap((effect) => {
    switch (effect.kind) {
      case 'copies':
        return [effect.to];
      case 'moves':
        return [effect.from, effect.to];
      case 'writes':
      case 'makes-folder':
      case 'links':
      case 'owns':
      case 'deletes':
        return [effect.path];
      default:
        return [];
    }
  });
  return paths.length > 0 && paths.every((path) => folders.some((folder) => isWithin(path, folder)));
}

/** Variables set to what a command prints, which nothing that runs again reads. */
function idleSettings({ commands }: Step, running: ReadonlySet<CommandFacts>, text: string): CommandFacts[] {
  const textOf = ({ span }: CommandFacts): string => text.slice(span.start, span.end);
  const again = commands.filter((command) => running.has(command));
  return again.filter((command) => {
    if (!isShellSetting(command) || !/`|\$\(/.test(textOf(command))) return false;
    const names = [...textOf(command).matchAll(/\b(\w+)=/g)].map((match) => match[1] as string);
    const read = variablesIn(again.flatMap((other) => (other === command ? [] : [textOf(other)])).join('\n'));
    return names.length > 0 && !names.some((name) => read.has(name));
  });
}

/** What only fetches, unpacks or moves files runs again where a system change reads its result: a package file, a key. */
function pullSources(command: CommandFacts, step: Step, files: StageFiles, running: Set<CommandFacts>): void {
  for (const { step: at, command: source } of missingInputs(command, step, files, running)) {
    if (at !== step || source === null || running.has(source) || !isFetching(source)) continue;
    running.add(source);
    followFolder(command, step, running);
    pullSources(source, step, files, running);
  }
}

/** What only fetches and prints, in one item with a system change: the `curl` of `curl … | tee /etc/apt/sources.list.d/…`. */
function feedersOf(step: Step, substance: ReadonlySet<CommandFacts>): readonly CommandFacts[] {
  const items = new Set([...substance].map((command) => itemOf(step, command)));
  return step.commands.filter(
    (command) =>
      items.has(itemOf(step, command)) &&
      command.ecosystem === null &&
      command.effects.length > 0 &&
      command.effects.every(({ kind }) => kind === 'network' || kind === 'prints' || kind === 'needs'),
  );
}

/** All that it writes is taken away again, before anything is installed that may read it. */
function leavesNothing({ commands, index }: Step, steps: readonly Step[], { history, records }: StageFiles): boolean {
  const isOf = ({ step }: WriteRecord): boolean => step.index === index;
  const isWriting = ({ effects }: CommandFacts): boolean =>
    effects.every(({ kind }) => /^(writes|makes-folder|prints|needs|reads|copies)$/.test(kind));
  return (
    history.some(isOf) &&
    !records.some(isOf) &&
    commands.every(isWriting) &&
    !steps.slice(index + 1).some((step) => step.commands.some((one) => isInstall(one) || isSystem(one)))
  );
}

/** A folder of every image that a command works in is entered again before it. */
function followFolder(command: CommandFacts, { commands }: Step, running: Set<CommandFacts>): void {
  for (const other of commands) if (entersFolder(other) && other.span.start < command.span.start) running.add(other);
}

/** Takes away or gives away what is where it runs; what the build put beside it is carried over as it was left. */
const changesInPlace = (command: CommandFacts, changes: ReadonlyMap<CommandFacts, ImageChange>): boolean =>
  changes.has(command) && command.effects.every(({ kind }) => /^(deletes|thins|owns|prints)$/.test(kind));

/** The shell or the image itself has the program, whatever packages are installed. git asks the folder it runs in. */
function isAtHand(command: CommandFacts, image: ImageFacts): boolean {
  return withSubstituted(command).every(({ argv, entry }) => {
    const program = baseName(argv[0] ?? '');
    if (program === 'git') return false;
    return entry.startsWith('commands/shell#') || isEssential(image, program) || image.programs.includes(program);
  });
}

/** The image has the program, or another command that runs again starts it: one that the build fetched is not there. */
const hasProgram = (command: CommandFacts, image: ImageFacts, others: ReadonlySet<CommandFacts>): boolean =>
  isAtHand(command, image) || [...others].some(({ argv }) => argv[0] === command.argv[0]);

/** Copies a file that no step of this stage put where programs and libraries of packages lie. */
function takesFromSystem({ effects }: CommandFacts, { history }: StageFiles): boolean {
  return effects.some(
    (effect) =>
      (effect.kind === 'copies' || effect.kind === 'moves') &&
      /^\/(usr|lib\w*|opt)\//.test(effect.from) &&
      !history.some(({ path }) => isWithin(effect.from, path) || isWithin(path, effect.from)),
  );
}

/** Without what lies in another of them. */
const outermost = (paths: readonly string[]): string[] =>
  paths.filter((path) => !paths.some((other) => other !== path && isWithin(path, other)));
