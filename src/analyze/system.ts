import { isEssential } from '../knowledge/essential.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import type { Span } from '../syntax/document.ts';
import { variablesIn } from '../syntax/expand.ts';
import { baseName, isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';
import { SYSTEM_FOLDERS } from './context-carries.ts';
import { linkFolder } from './enclosed-links.ts';
import { dividedItems, halfItems, runsWhole } from './half-items.ts';
import { setsUpDropped } from './idle.ts';
import { absentWords, type ImageChange, imageChange, removalWords } from './image-changes.ts';
import { withIndexRemovals } from './index-removals.ts';
import { onOtherImage, withIndexUpdates, withoutIndex } from './index-updates.ts';
import { type PackageChoices, type PackageVerdict, purgesOf, verdictsOf } from './package-verdicts.ts';
import { isInToolchain, type StageFiles, type WriteRecord } from './records.ts';
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
import { editsOf, removesOnlyDropped, type WordEdit, withoutWord } from './word-edits.ts';

/** A RUN that changes the system (packages, accounts, registries of libraries) and so runs where the container runs. */
export interface Restated {
  readonly step: Step;
  /** Which items of the flat list run again; null: the whole instruction as it is written. */
  readonly items: readonly number[] | null;
  readonly edits: readonly WordEdit[];
  readonly packages: readonly PackageVerdict[];
  /** Paths that the restated items write, so that nothing has to be copied for them. */
  readonly writes: readonly string[];
  /** Folders among them that are only made: what lies inside is another's. */
  readonly folders: readonly string[];
  /** Paths of the build stage that they read, which have to be there first. */
  readonly before: readonly string[];
}

export interface SystemPlan {
  readonly restated: readonly Restated[];
  /** Packages that stay in the runtime stage. */
  readonly kept: readonly string[];
  readonly dropped: readonly PackageVerdict[];
  /** Development packages whose run-time library is not known in this release. */
  readonly unknownLibraries: readonly { readonly name: string; readonly span: Span }[];
  /** System changes that cannot run again where the container runs. */
  readonly tangled: readonly Tangle[];
}

interface Choices extends PackageChoices {
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

/** Divides every install line and decides which system changes run again in the runtime stage. */
export function planSystem(understanding: Understanding, until: number, choices: Choices): SystemPlan {
  const image = understanding.image as ImageFacts;
  const purges = purgesOf(understanding.steps);
  const restated: Restated[] = [];
  const dropped: PackageVerdict[] = [];
  const kept: string[] = [];
  const unknownLibraries: { name: string; span: Span }[] = [];
  const tangled: Tangle[] = [];
  const running = new Set<CommandFacts>();
  const isMade = (path: string): boolean => choices.files.history.some((record) => isWithin(record.path, path));
  const isWrittenAgain = (path: string): boolean =>
    writtenBy([...running]).some((written) => isWithin(written, path) || isWithin(path, written));
  const steps = understanding.steps.slice(0, until);
  for (const step of steps) {
    if (step.commands.length === 0) continue;
    const verdicts = step.commands.flatMap((command) =>
      verdictsOf(command, image, step, purges, choices, unknownLibraries),
    );
    dropped.push(...verdicts.filter((verdict) => !verdict.becomes.includes(verdict.name)));
    kept.push(...verdicts.flatMap((verdict) => verdict.becomes));
    if (step.word?.kind === 'build') continue;
    const changes = new Map<CommandFacts, ImageChange>();
    const again = writtenBy([...running]);
    const isMadeAgain = (path: string): boolean =>
      again.some((written) => isWithin(written, path.replace(/\/\*$/, '')) && `${written}/*` !== path);
    for (const command of choices.on === 'bare' ? [] : step.commands) {
      const packaged = kept.length + dropped.length > 0;
      const isOther = choices.on === 'other';
      const change = imageChange(command, step, image, choices.files, packaged, isMadeAgain, isOther);
      if (change.takes.length > 0 || change.gives) changes.set(command, change);
    }
    const untidy = (command: CommandFacts): readonly Span[] | null =>
      untidyWords(command, isMade, isWrittenAgain, (path) => changes.get(command)?.takes.includes(path) ?? false);
    // What is installed again brings its files along; those of an image may not be in another one.
    const mayLack = kept.length === 0 && (choices.on === 'other' || dropped.length > 0);
    const stays = (command: CommandFacts): boolean =>
      isInstall(command) &&
      verdicts.some(
        ({ becomes, word }) => becomes.length > 0 && (command.words.includes(word) || word === command.span),
      );
    const installs = step.commands.some((command) => stays(command) || isUpgrade(command));
    const substance = new Set(
      step.commands.filter(
        (command) =>
          (isSystem(command) &&
            (installs || !choices.idle(command, verdicts)) &&
            !setsUpDropped(command, dropped, kept)) ||
          stays(command) ||
          changes.has(command) ||
          makesLink(
            command,
            (path) => choices.treeOf(path) !== null || linkFolder(path, command, step, image) !== null,
            (path) => isInToolchain(path, choices.files.history),
          ),
      ),
    );
    // What only a package or the image itself can have put there need not be there any more.
    const isPlainHere = (command: CommandFacts): boolean =>
      isPlain(command, choices.carried) &&
      isAtHand(command, image) &&
      !takesFromSystem(command, choices.files) &&
      !takesStrange(command, step, choices.files) &&
      !removesToolchain(command, image) &&
      !tidiesHome(command);
    const plain =
      choices.plain &&
      step.commands.some((command) => isPlainHere(command)) &&
      step.commands.every((command) => isShellSetting(command) || isPlainHere(command));
    if ((!plain || leavesNothing(step, steps, choices.files)) && substance.size === 0) continue;
    const wanted = step.commands.filter(
      (command) =>
        substance.has(command) ||
        (isUpkeep(command) && installs && isAtHand(command, image) && !removesOnlyDropped(command, verdicts)) ||
        (installs && untidy(command) !== null) ||
        (tidiesBehind(command, substance) && hasProgram(command, image, substance)) ||
        isShellSetting(command) ||
        isPlainHere(command),
    );
    for (const command of wanted) running.add(command);
    for (const command of substance)
      if (!changesInPlace(command, changes)) pullSources(command, step, choices.files, running);
    for (const command of substance) if (namesRelative(command)) followFolder(command, step, running);
    for (const command of misplaced(step, running))
      if (substance.has(command)) tangled.push({ command, why: 'folder' });
      else running.delete(command);
    for (const command of halfItems(step, running)) if (!substance.has(command)) running.delete(command);
    // Work on files that something else makes is done where they are made.
    const before = new Set<string>();
    for (const command of wanted) {
      const missing = running.has(command) ? missingInputs(command, step, choices.files, running, image) : [];
      if (missing.length === 0 || untidy(command) !== null || changesInPlace(command, changes)) continue;
      const inPlace =
        command.cwd === step.before.workdir || command.argv.every((word) => !/^\.|^[^/-].*\//.test(word ?? ''));
      if (!substance.has(command)) running.delete(command);
      else if (inPlace && missing.every((record) => choices.files.records.includes(record))) {
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
        for (const path of read) if (!restated.some((run) => run.before.includes(path))) before.add(path);
      } else tangled.push({ command, why: 'input', what: namedIn((missing[0] as WriteRecord).path, command) });
    }
    // What lies in a folder that is copied before it is there as the whole build left it: to do it twice fails, or adds twice.
    const copied = [...before, ...restated.flatMap((run) => run.before)];
    for (const command of wanted) if (!substance.has(command) && worksWithin(command, copied)) running.delete(command);
    if (installs && !restated.some((run) => run.before.length > 0))
      for (const record of packageSettings(step, choices.files)) before.add(record.path);
    if (plain && substance.size === 0 && !step.commands.every((command) => running.has(command))) {
      for (const command of step.commands) running.delete(command);
      continue;
    }
    for (const command of wanted) if (removesBuild(command, image, isMade, isWrittenAgain)) running.delete(command);
    if (!step.commands.every((command) => running.has(command)))
      for (const command of idleSettings(step, running, understanding.document.text)) running.delete(command);
    const trimmed = [...changes].flatMap(([command, change]): WordEdit[] => {
      const { dropped, force } = removalWords(command, change, mayLack);
      const idle = installs ? untidy(command) : null;
      // A WORKDIR makes its folder in both stages.
      const there = [
        ...writtenBy([...running]),
        ...steps.slice(0, step.index + 1).flatMap(({ before }) => before.workdir ?? []),
      ];
      const absent = absentWords(command, step, image, choices.files, (path) =>
        there.some((one) => isWithin(one, path)),
      );
      return [
        ...(idle === null ? [...dropped, ...absent].map((word) => withoutWord(command, word)) : []),
        ...(force === null ? [] : [{ span: { start: force.end, end: force.end }, text: ' -f' }]),
      ];
    });
    const run = restate(step, running, verdicts, substance, untidy, trimmed, outermost([...before]));
    if ('why' in run) tangled.push(run);
    else restated.push(run);
  }
  const later = understanding.steps.slice(until);
  for (const { commands } of later)
    for (const { effects } of commands)
      for (const effect of effects)
        if (effect.kind === 'installs') kept.push(...effect.packages.map(({ name }) => name));
  const updated = withIndexUpdates(restated, steps, later);
  const other = choices.on === 'other' ? onOtherImage(updated, understanding.document.text) : updated;
  const indexed = withIndexRemovals(other, steps, later);
  tangled.push(...withoutIndex(indexed, steps, later));
  return { restated: indexed, kept: [...new Set(kept)], dropped, unknownLibraries, tangled };
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

/** The RUN as a whole where all of it runs again, else its items; a tangle where they cannot be taken apart. */
function restate(
  step: Step,
  running: ReadonlySet<CommandFacts>,
  verdicts: readonly PackageVerdict[],
  substance: ReadonlySet<CommandFacts>,
  untidy: (command: CommandFacts) => readonly Span[] | null,
  trimmed: readonly WordEdit[],
  before: readonly string[],
): Restated | Tangle {
  const whole =
    trimmed.length === 0 &&
    runsWhole(step, running) &&
    verdicts.every((verdict) => verdict.becomes.includes(verdict.name));
  if (whole) return { step, items: null, edits: [], packages: verdicts, ...written(step.commands), before };
  const [change] = substance.size > 0 ? substance : step.commands;
  if (step.items === null || step.commands.some((command) => itemOf(step, command) < 0))
    return { command: change as CommandFacts, why: 'compound' };
  // The words of a script cannot be changed from here.
  const fixed = step.commands.find(
    (command) => running.has(command) && command.words.length === 0 && isInstall(command),
  );
  if (fixed !== undefined) return { command: fixed, why: 'script' };
  const { items, mixed } = dividedItems(step, running);
  const both = [...items].filter((item) => mixed.has(item));
  const mingled = step.commands.find((command) => substance.has(command) && both.includes(itemOf(step, command)));
  if (mingled !== undefined) return { command: mingled, why: 'compound' };
  for (const item of both) items.delete(item);
  const commands = step.commands.filter((command) => items.has(itemOf(step, command)));
  return {
    step,
    items: [...items].sort((a, b) => a - b),
    edits: [
      ...editsOf(verdicts, commands),
      ...trimmed,
      ...commands.flatMap((command) => (untidy(command) ?? []).map((word) => withoutWord(command, word))),
    ],
    packages: verdicts,
    ...written(commands),
    before,
  };
}

function written(commands: readonly CommandFacts[]): Pick<Restated, 'writes' | 'folders'> {
  const folders = commands.flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.kind === 'makes-folder' ? [effect.path] : [])),
  );
  return { writes: writtenBy(commands), folders };
}

/** Without what lies in another of them. */
const outermost = (paths: readonly string[]): string[] =>
  paths.filter((path) => !paths.some((other) => other !== path && isWithin(path, other)));

/** True where the restated items write the path themselves, and what wrote there last is one of them. */
export const isRestated = ({ restated }: SystemPlan, { path, step, command }: WriteRecord): boolean =>
  restated.some(({ writes, folders }) =>
    writes.some((written) => (folders.includes(written) ? path === written : isWithin(path, written))),
  ) &&
  (command === null || restated.some((run) => run.step === step && runsAgain(run, command)));

/** The command is among those of a RUN that run again. */
export const runsAgain = ({ step, items }: Restated, command: CommandFacts): boolean =>
  items === null || items.includes(itemOf(step, command));
