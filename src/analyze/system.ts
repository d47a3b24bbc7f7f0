import type { ImageFacts } from '../knowledge/image.ts';
import { packageFacts } from '../knowledge/packages.ts';
import type { Span } from '../syntax/document.ts';
import { isWithin } from '../syntax/paths.ts';
import type { CommandFacts } from './commands.ts';
import { itemOf, type Step, type Understanding } from './understand.ts';

/** What becomes of one package of an install command. */
export interface PackageVerdict {
  readonly name: string;
  readonly word: Span;
  /** [] drops it; [name] keeps it as written where it equals `name`; others take its place. */
  readonly becomes: readonly string[];
  readonly entry: string;
  readonly why: string;
}

/** A change of a RUN's text when it is run again in the runtime stage. */
export interface WordEdit {
  readonly span: Span;
  readonly text: string;
}

/** A RUN that changes the system (packages, accounts, registries of libraries) and so runs where the container runs. */
export interface Restated {
  readonly step: Step;
  /** Which items of the flat list run again; null: the whole instruction as it is written. */
  readonly items: readonly number[] | null;
  readonly edits: readonly WordEdit[];
  readonly packages: readonly PackageVerdict[];
  /** Paths that the restated items write, so that nothing has to be copied for them. */
  readonly writes: readonly string[];
}

export interface SystemPlan {
  readonly restated: readonly Restated[];
  /** Packages that stay in the runtime stage. */
  readonly kept: readonly string[];
  readonly dropped: readonly PackageVerdict[];
  /** Development packages whose run-time library is not known in this release. */
  readonly unknownLibraries: readonly { readonly name: string; readonly span: Span }[];
  /** RUNs in which system changes and builds cannot be told apart. */
  readonly tangled: readonly Step[];
}

const SYSTEM = new Set(['accounts', 'runtime-state', 'restate']);
const CLEANING = /^\/(var\/(lib\/apt\/lists|cache\/apk|cache\/apt|tmp)|tmp)(\/|$)/;

const isInstall = (command: CommandFacts): boolean => command.effects.some((effect) => effect.kind === 'installs');
const isSystem = (command: CommandFacts): boolean => command.effects.some((effect) => SYSTEM.has(effect.kind));
/** Prepares or tidies the package manager: worth running only beside an install. */
const isUpkeep = (command: CommandFacts): boolean =>
  command.effects.length > 0 &&
  command.effects.every(
    (effect) =>
      ['updates-index', 'cleans-cache', 'network', 'prints', 'removes-packages', 'needs'].includes(effect.kind) ||
      (effect.kind === 'deletes' && CLEANING.test(effect.path)),
  );
/** Prepares the shell for the commands behind it. */
const isShellSetting = (command: CommandFacts): boolean =>
  /^commands\/shell#(builtin|export|assignment)$/.test(command.entry) &&
  /^(set|export)$/.test(command.argv[0] ?? 'export');

/** Plain work on files by absolute names that reads nothing the build made. */
function isPlain(command: CommandFacts, carried: (path: string) => boolean): boolean {
  if (command.effects.length === 0 || command.ecosystem !== null) return false;
  return command.effects.every((effect) => {
    switch (effect.kind) {
      case 'writes':
      case 'makes-folder':
      case 'owns':
      case 'reads':
      case 'deletes':
        return !carried(effect.path);
      case 'links':
        return !carried(effect.path) && !carried(effect.target);
      case 'copies':
      case 'moves':
        return !carried(effect.from) && !carried(effect.to);
      case 'prints':
      case 'needs':
        return true;
      default:
        return false;
    }
  });
}

/** Packages that the file itself removes again, by name and by apk's virtual name. */
function purged(steps: readonly Step[]): ReadonlySet<string> {
  const names = new Set<string>();
  const commands = steps.flatMap((step) => step.commands);
  for (const command of commands)
    for (const effect of command.effects)
      if (effect.kind === 'removes-packages')
        for (const name of effect.packages)
          names.add(typeof name === 'string' ? name : (name as { name: string }).name);
  for (const command of commands) {
    const at = command.argv.findIndex(
      (word) => word === '-t' || word === '--virtual' || word?.startsWith('--virtual='),
    );
    const virtual =
      at < 0 ? null : command.argv[at]?.startsWith('--virtual=') ? command.argv[at]?.slice(10) : command.argv[at + 1];
    if (virtual != null && names.has(virtual))
      for (const effect of command.effects)
        if (effect.kind === 'installs') for (const pack of effect.packages) names.add(pack.name);
  }
  return names;
}

interface Choices {
  /** Nothing that was compiled here needs a shared library of the system. */
  readonly staticOnly: boolean;
  /** Compiled C++ needs its run-time library. */
  readonly keepCompanions: boolean;
  /** Programs that nothing starts: their packages may go. */
  readonly unused: (name: string) => string | null;
  readonly carried: (path: string) => boolean;
}

/** Divides every install line and decides which system changes run again in the runtime stage. */
export function planSystem(understanding: Understanding, until: number, choices: Choices): SystemPlan {
  const image = understanding.image as ImageFacts;
  const gone = purged(understanding.steps);
  const restated: Restated[] = [];
  const dropped: PackageVerdict[] = [];
  const kept: string[] = [];
  const unknownLibraries: { name: string; span: Span }[] = [];
  const tangled: Step[] = [];
  for (const step of understanding.steps.slice(0, until)) {
    if (step.commands.length === 0) continue;
    const verdicts = step.commands.flatMap((command) => verdictsOf(command, image, gone, choices, unknownLibraries));
    const stays = (command: CommandFacts): boolean =>
      verdicts.some((verdict) => verdict.becomes.length > 0 && command.words.includes(verdict.word));
    dropped.push(...verdicts.filter((verdict) => !verdict.becomes.includes(verdict.name)));
    kept.push(...verdicts.flatMap((verdict) => verdict.becomes));
    const substance = step.commands.filter((command) => isSystem(command) || (isInstall(command) && stays(command)));
    if (substance.length === 0) continue;
    const all = step.commands.every(
      (command) =>
        isSystem(command) ||
        (isInstall(command) && verdicts.every((verdict) => verdict.becomes.includes(verdict.name))) ||
        isUpkeep(command) ||
        isShellSetting(command) ||
        isPlain(command, choices.carried),
    );
    const writes = (commands: readonly CommandFacts[]): string[] =>
      commands.flatMap((command) =>
        command.effects.flatMap((effect) =>
          effect.kind === 'writes' || effect.kind === 'makes-folder'
            ? [effect.path]
            : effect.kind === 'links'
              ? [effect.path]
              : effect.kind === 'copies' || effect.kind === 'moves'
                ? [effect.to]
                : [],
        ),
      );
    if (all) {
      restated.push({ step, items: null, edits: [], packages: verdicts, writes: writes(step.commands) });
      continue;
    }
    if (step.items === null || step.commands.some((command) => itemOf(step, command) < 0)) {
      tangled.push(step);
      continue;
    }
    const installing = step.commands.some((command) => isInstall(command) && stays(command));
    const items = new Set<number>();
    const mixed = new Set<number>();
    for (const command of step.commands) {
      const runs =
        (isInstall(command) ? stays(command) : isSystem(command)) ||
        (isUpkeep(command) && installing && !removesOnlyDropped(command, verdicts)) ||
        isShellSetting(command) ||
        isPlain(command, choices.carried);
      (runs ? items : mixed).add(itemOf(step, command));
    }
    const both = [...items].filter((item) => mixed.has(item));
    if (both.some((item) => substance.some((command) => itemOf(step, command) === item))) tangled.push(step);
    for (const item of both) items.delete(item);
    const running = step.commands.filter((command) => items.has(itemOf(step, command)));
    restated.push({
      step,
      items: [...items].sort((a, b) => a - b),
      edits: editsOf(verdicts, running, choices.keepCompanions),
      packages: verdicts,
      writes: writes(running),
    });
  }
  return { restated, kept: [...new Set(kept)], dropped, unknownLibraries, tangled };
}

function removesOnlyDropped(command: CommandFacts, verdicts: readonly PackageVerdict[]): boolean {
  return (
    command.effects.some((effect) => effect.kind === 'removes-packages') &&
    verdicts.every((verdict) => !verdict.becomes.includes(verdict.name) || !command.argv.includes(verdict.name))
  );
}

function verdictsOf(
  command: CommandFacts,
  image: ImageFacts,
  gone: ReadonlySet<string>,
  choices: Choices,
  unknownLibraries: { name: string; span: Span }[],
): PackageVerdict[] {
  return command.effects.flatMap((effect) =>
    effect.kind !== 'installs'
      ? []
      : effect.packages.map(({ name, word }): PackageVerdict => {
          const span = command.words[word] ?? command.span;
          const facts = packageFacts(image.distribution ?? 'debian', image.release, name);
          const verdict = (becomes: readonly string[], why: string): PackageVerdict => ({
            name,
            word: span,
            becomes,
            entry: facts.entry,
            why,
          });
          if (gone.has(name)) return verdict([], 'the file removes it again');
          const unused = choices.unused(name);
          if (unused !== null) return verdict([], unused);
          if (facts.role === 'runtime') return verdict([name], 'may serve the running container');
          if (facts.role === 'build')
            return verdict(choices.keepCompanions ? (facts.companions ?? []) : [], 'serves only compiling');
          if (choices.staticOnly) return verdict([], 'what was built is static');
          if (facts.runtime === null) {
            unknownLibraries.push({ name, span });
            return verdict([name], 'its run-time library is not known in this release');
          }
          return verdict(facts.runtime, 'stands for its run-time library');
        }),
  );
}

/** Drops and replaces package words; a name is written once. */
function editsOf(
  verdicts: readonly PackageVerdict[],
  running: readonly CommandFacts[],
  _companions: boolean,
): WordEdit[] {
  const edits: WordEdit[] = [];
  const written = new Set(
    verdicts.filter((verdict) => verdict.becomes.includes(verdict.name)).map((verdict) => verdict.name),
  );
  for (const command of running) {
    for (const [index, word] of command.words.entries()) {
      const verdict = verdicts.find((candidate) => candidate.word === word);
      if (verdict === undefined || verdict.becomes.includes(verdict.name)) continue;
      const names = verdict.becomes.filter((name) => !written.has(name));
      for (const name of names) written.add(name);
      const previous = command.words[index - 1];
      if (names.length > 0) edits.push({ span: word, text: names.join(' ') });
      else if (previous !== undefined) edits.push({ span: { start: previous.end, end: word.end }, text: '' });
    }
  }
  return edits;
}

/** True where a path is rewritten by the restated items themselves. */
export function isRestated(system: SystemPlan, path: string): boolean {
  return system.restated.some((run) =>
    run.writes.some((written) => isWithin(path, written) || isWithin(written, path)),
  );
}
