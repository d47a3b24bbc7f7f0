import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isCompiler } from '../knowledge/ecosystems.ts';
import { hasDevelopmentLibraries } from '../knowledge/images/buildpack-deps.ts';
import { isDataOfImages, OWN_AUTHORITIES } from '../knowledge/packages/data-packages.ts';
import { libraryPackages } from '../knowledge/packages/library-names.ts';
import { broughtBy, isPackageUnused, isUsedByName, programsOf } from '../knowledge/unused.ts';
import type { SplitOptions } from '../outcome.ts';
import { baseName, isWithin } from '../syntax/paths.ts';
import { type Carry, type CarryPlan, planCarries } from './carry.ts';
import { startsOthers } from './compiled-alone.ts';
import { cachesOf, copiesOver, leftBehind } from './gain.ts';
import { isIdle } from './idle.ts';
import { holdsImages } from './image-changes.ts';
import { installsAtStart } from './installs-at-start.ts';
import { type Choice, chooseRuntime, type Demands } from './ladder.ts';
import type { Obstacle } from './obstacle.ts';
import { REMOVED_AT_ONCE } from './package-verdicts.ts';
import {
  absentProgram,
  calledPrograms,
  lostProgram,
  mayStart,
  runPrograms,
  startedPrograms,
  startsNoOther,
} from './programs.ts';
import type { StageFiles, WriteRecord } from './records.ts';
import { type Restored, restoredFolders, rootPrefix } from './restored.ts';
import { isOpen, type NamedNeed, type Roots } from './roots.ts';
import { openedBySources } from './sources.ts';
import { isRestated, planSystem, type SystemPlan } from './system.ts';
import { tangleDiagnostics } from './tangle.ts';
import type { Step, Understanding } from './understand.ts';

/** A plan of what the runtime stage takes over, installs and stands on. */
export interface Attempt {
  readonly carry: CarryPlan;
  readonly system: SystemPlan;
  readonly choice: Choice;
  readonly restored: readonly Restored[];
  /** What the file states to start, and no step is known to make. */
  readonly absent: NamedNeed | null;
}

/** The same before anybody asks whether it does. */
interface Draft {
  readonly demands: Demands;
  readonly restored: readonly Restored[];
  readonly choice: Choice | Obstacle;
}

/** The image that a draft counts on: the file's own, another one with a shell, or one without. */
type Ground = 'same' | 'other' | 'bare';

/** Drafts of one file, each made when it is first asked for. `plain`: plain work on files is done again. */
export type Drafts = (plain: boolean, on: Ground) => Draft;

export function draftsOf(
  understanding: Understanding,
  files: StageFiles,
  roots: Roots,
  until: number,
  options: SplitOptions,
): Drafts {
  const made = new Map<string, Draft>();
  let rough: CarryPlan | null = null;
  return (plain, on) => {
    const key = `${plain} ${on}`;
    rough ??= planCarries(understanding, files, roots, until, () => false);
    const found = made.get(key) ?? draft(understanding, files, roots, until, options, rough, plain, on);
    made.set(key, found);
    return found;
  };
}

/**
 * Carries, system changes and the runtime image depend on each other: each is planned on what the others leave. Plain work
 * on files is carried over where that allows an image without a shell, and done again where there is one anyway.
 */
export function attempt(drafts: Drafts, options: SplitOptions): Attempt | Diagnostic[] {
  const plan = (plain: boolean, on: Ground): Attempt | Diagnostic[] => judged(drafts(plain, on), options);
  const bare = plan(false, 'bare');
  if (!Array.isArray(bare) && !(bare as Attempt).choice.candidate.facts.shell) return bare;
  const isSame = Array.isArray(bare) || (bare as Attempt).choice.candidate.rung === 'same';
  const on = isSame ? 'same' : 'other';
  const again = plan(true, on);
  if (!Array.isArray(again) && (isSame || (again as Attempt).choice.candidate.rung !== 'same')) return again;
  // What needs a file of the larger image where it is done again needs none where its result is carried over.
  const once = plan(false, on);
  return Array.isArray(again) || (!Array.isArray(once) && (once as Attempt).choice.candidate.rung !== 'same')
    ? once
    : again;
}

/**
 * What a split would leave behind even if all that stands in its way could be told, where that is nothing, or caches alone: the
 * image stays the one that the file has, and no package goes that the file does not remove itself. null where there is more.
 */
export function cachesAlone(
  drafts: Drafts,
  understanding: Understanding,
  files: StageFiles,
  options: SplitOptions,
): readonly WriteRecord[] | null {
  const { image } = understanding;
  if (options.runtime !== 'auto' || image === null || image.toolchain) return null;
  const { demands, choice } = drafts(true, 'same');
  if (!('candidate' in choice) || choice.candidate.rung !== 'same') return null;
  // A program that nobody is known to make speaks against any image: that one would do without it is not known.
  if (choice.passed.some(({ why }) => why === 'not-found')) return null;
  const { carry, system } = demands;
  if (system.dropped.some(({ why }) => why !== REMOVED_AT_ONCE)) return null;
  const blocked = carry.diagnostics.filter(isBlocking).map(({ args }) => String(args.path));
  if (files.records.some((record) => mayHoldSources(record, blocked))) return null;
  const carries = carry.carries.filter(({ path }) => !blocked.includes(path));
  const known = { ...carry, carries };
  return cachesOf(leftBehind(understanding, files, known, system)) ?? (copiesOver(files, known, system) ? [] : null);
}

/** Something was built there, or copied to where nothing can be carried from: how much of it could stay behind is not known. */
function mayHoldSources({ class: kind, path, command }: WriteRecord, blocked: readonly string[]): boolean {
  const isOutside = command?.effects.some((effect) => effect.kind === 'unknown' && effect.outside === true) ?? false;
  const isBlocked = blocked.some((one) => isWithin(path, one) || isWithin(one, path));
  if (kind === 'context') return isBlocked;
  return kind === 'in-place' && (!command?.ecosystem?.interpreted || (isBlocked && !isOutside));
}

/** What is written cannot be carried over. */
const isBlocking = ({ code }: Diagnostic): boolean => /^DF(212|304|311|328)$/.test(code);

/** Plans all of it, whatever stands in the way. `rough` is what is carried where the runtime stage makes nothing again. */
function draft(
  understanding: Understanding,
  files: StageFiles,
  roots: Roots,
  until: number,
  options: SplitOptions,
  rough: CarryPlan,
  plain: boolean,
  on: Ground,
): Draft {
  const { steps, image } = understanding;
  const linkages = files.records
    .filter((record) => record.linkage !== null && record.class !== 'data')
    .map((record) => record.linkage);
  // Several steps may have made what is carried once: it is built or fetched where one of them builds or fetches it.
  const made = files.records.filter(
    ({ command }) =>
      command != null && (command.ecosystem !== null || command.effects.some(({ kind }) => kind === 'network')),
  );
  const trees = rough.carries.filter(
    (one) => one.entry.startsWith('ecosystems/') || made.some(({ path }) => path === one.path),
  );
  // What commands that nobody knows compile, and makefiles that nobody has read, may be C++, linked with any library.
  const compilesUnseen =
    rough.interpreted ||
    files.unknown.some(({ command }) => command !== null) ||
    files.records.some(
      (record) => record.class === 'in-place' && record.command?.effects.some(({ kind }) => kind === 'compiles'),
    );
  const carried = (path: string): boolean =>
    path !== '/' && trees.some((one) => isWithin(path, one.path) || isWithin(one.path, path));
  const isWorkshop = image !== null && isOpen(roots, image);
  const silent = rough.served || (rough.traits !== null && rough.traits.runs.length === 0 && !rough.interpreted);
  // A script that runs the command it is given (`exec "$@"`) starts what CMD says, whose words are known.
  const told =
    silent &&
    !isWorkshop &&
    roots.needs.every((need) => need.name !== null || need.given) &&
    !startsOthers(roots, files.records, understanding, (need) => startsNoOther(need, roots, understanding));
  const demanded = startedPrograms({ understanding });
  const tools = new Set(steps.flatMap(({ commands }) => commands.map(({ argv }) => baseName(argv[0] ?? ''))));
  const called = calledPrograms(understanding, roots, rough.traits);
  const hasAuthorities = files.history.some(({ path }) => isWithin(path, OWN_AUTHORITIES));
  const settlers = steps
    .flatMap(({ commands }) => commands.flatMap(({ effects }) => effects))
    .flatMap((effect) => (effect.kind === 'runtime-state' && effect.of !== undefined ? [baseName(effect.of)] : []));
  // Programs of which a plan asked whether a RUN of the runtime stage starts them.
  const asked = new Set<string>();
  const systemFor = (started: readonly string[]): SystemPlan => {
    const isStarted = (programs: readonly string[]): boolean => {
      for (const program of programs) asked.add(program);
      return programs.some((program) => started.includes(program));
    };
    const unused = (name: string): string | null => {
      // Of an image without packages the ladder asks for what the program may want of these.
      if (on === 'bare' && told && isDataOfImages(name) && !hasAuthorities)
        return 'the image has what the program asks for of it';
      return told && isPackageUnused(name, roots.shell ? roots.words : null) && !isStarted(programsOf(name))
        ? 'nothing that runs in the container starts it'
        : null;
    };
    return planSystem(understanding, until, {
      staticOnly: linkages.length > 0 && linkages.every((linkage) => linkage === 'static') && !compilesUnseen,
      keepCompanions: linkages.some((linkage) => linkage === 'cpp' || linkage === 'unknown') || compilesUnseen,
      unused,
      isStarted,
      demanded,
      called,
      settling: hasAuthorities ? settlers : [],
      compiles: called.some((program) => isCompiler([program])) || installsAtStart(roots, understanding) !== null,
      idleTool: (name) => isWorkshop && isUsedByName(name) && !broughtBy(name).some((program) => tools.has(program)),
      carried,
      idle: (command, verdicts) =>
        isIdle(
          command,
          verdicts,
          (programs) => !isStarted(programs) && !mayStart(programs, roots, understanding),
          rough.served,
        ),
      treeOf: (path) => rough.carries.find((one) => one.path !== path && isWithin(path, one.path))?.path ?? null,
      insideOf: (folder) =>
        rough.carries.find((one) => one.path !== folder && isWithin(one.path, folder) && !files.links.has(one.path))
          ?.path ?? null,
      plain,
      on,
      own: options.own,
      files,
    });
  };
  // What a RUN of the runtime stage starts has to be there when it runs.
  const alone = systemFor([]);
  const started = runPrograms({ understanding, system: alone, until });
  const system = started.some((program) => asked.has(program)) ? systemFor(started) : alone;
  const before = system.restated.flatMap((run) => run.before);
  const planned = system.restated.some((run) => run.writes.length > 0)
    ? planCarries(understanding, files, roots, until, (record) => isRestated(system, record))
    : rough;
  const unrepeated = withoutCopied(copiedWhole(planned, before), before, until, understanding, files);
  const carry = withRepeated(unrepeated, system);
  const tailRuns = steps.slice(until).some((step) => step.instruction.keyword === 'RUN');
  const libraries = steps
    .slice(0, until)
    .flatMap((step) => step.commands)
    .flatMap((command) => command.effects)
    .flatMap((effect) => (effect.kind === 'needs-libraries' ? [effect] : []));
  if (image !== null && hasDevelopmentLibraries(image))
    libraries.push({
      kind: 'needs-libraries',
      packages: openedBySources(understanding),
      opened: true,
      because: 'the names that sources open',
    });
  // What the sources include of an image that has it all is linked, unless the compiler's words tell that nothing is.
  const isTold = files.records.every(({ linkage }) => linkage === null || !/^(system|unknown)$/.test(linkage));
  const included = image === null || isTold || !hasDevelopmentLibraries(image) ? [] : (carry.traits?.libraries ?? []);
  const built = steps.slice(0, until);
  const restored = restoredFolders({
    carries: carry.carries,
    files,
    steps: built,
    isCopied: (folder, { index, copy }) => {
      const copied = understanding.copiedBy(index);
      return copy?.target == null || copied.list(copy.target) === null ? null : copied.list(folder) !== null;
    },
    isFile: (path) => understanding.files.list(path) === null && understanding.files.read(path) !== null,
    holdsImages: (path) => image !== null && holdsImages(path, image, files),
    accounts: image?.accounts ?? [],
    accountNumbers: image?.accountNumbers,
    final: understanding.final.workdir,
    user: understanding.final.user,
    workdir: image?.workdir ?? '/',
    environment: image?.environment,
    imageFolders: image?.folders ?? [],
    restated: system.restated,
  });
  const runs = tailRuns || system.restated.length > 0 || restored.length > 0;
  const demands = {
    understanding,
    roots,
    carry,
    system,
    files,
    runs,
    until,
    libraries: libraryPackages(
      [...libraries, { kind: 'needs-libraries', packages: included, because: 'the headers that sources include' }],
      image,
    ),
    opened: libraryPackages(
      libraries.filter((effect) => effect.opened || (effect.withCompiler && image?.toolchain === false)),
      image,
    ),
    owners: restored.flatMap(({ owner }) => (owner === null ? [] : [owner])),
  };
  return { demands, restored, choice: chooseRuntime(demands, options) };
}

/** What lies in a folder that is copied as a whole, in front of a RUN that reads it, comes with the folder. */
function copiedWhole(plan: CarryPlan, folders: readonly string[]): CarryPlan {
  const carries = new Map<string, Carry>();
  for (const one of plan.carries) {
    const path = folders.find((folder) => isWithin(one.path, folder)) ?? one.path;
    if (!carries.has(path)) carries.set(path, { ...one, path });
  }
  return { ...plan, carries: [...carries.values()] };
}

/** Without the files that the author's own COPY puts there anew, where nothing runs in between: `COPY package.json`, `COPY . .`. */
function withoutCopied(
  plan: CarryPlan,
  before: readonly string[],
  until: number,
  { steps, copiedBy }: Understanding,
  { ownerships: given }: StageFiles,
): CarryPlan {
  const tail = steps.slice(until);
  const run = tail.findIndex(({ instruction }) => instruction.keyword === 'RUN');
  const copied = tail
    .slice(0, run < 0 ? undefined : run)
    .filter(({ copy }) => copy !== null && copy.from === null)
    .map(({ index }) => copiedBy(index));
  // What gives a folder away behind the copies needs it there.
  const isGiven = (path: string): boolean =>
    given.some(
      (one) =>
        one.step.index < until &&
        isWithin(path, one.path) &&
        !steps.slice(0, until).some(({ after }) => after.workdir !== null && isWithin(after.workdir, one.path)),
    );
  const isCopied = ({ path }: Carry): boolean =>
    !before.some((one) => isWithin(path, one) || isWithin(one, path)) &&
    copied.some((files) => files.list(path) === null && files.read(path) !== null) &&
    !isGiven(path);
  return copied.length === 0 ? plan : { ...plan, carries: plan.carries.filter((one) => !isCopied(one)) };
}

/** With the COPYs that are repeated for RUNs, which bring what they copy. */
function withRepeated(plan: CarryPlan, { repeated }: SystemPlan): CarryPlan {
  const paths = repeated.flatMap(({ copy }) => copy?.mappings?.map(({ path }) => path) ?? []);
  return {
    ...plan,
    carries: plan.carries.filter(({ path }) => !paths.includes(path)),
    again: [...plan.again, ...repeated],
  };
}

/** The draft as a plan, or what stands in its way. */
function judged({ demands, restored, choice }: Draft, options: SplitOptions): Attempt | Diagnostic[] {
  const { understanding, carry, system, roots, until } = demands;
  const { stage, steps } = understanding;
  if (system.tangled.length > 0) return tangleDiagnostics(system.tangled, understanding);
  const blocked = carry.diagnostics.filter(isBlocking);
  if (blocked.length > 0) return blocked;
  const user = 'candidate' in choice ? choice.candidate.facts.user : '';
  const asRoot = 'candidate' in choice && rootPrefix(steps, choice.candidate.facts) !== '';
  const givenBack =
    /^(root|0)?$/.test(user) || asRoot
      ? undefined
      : restored.find(({ path }) => isRoots(path, steps.slice(0, until), roots));
  if (givenBack !== undefined)
    return [
      {
        code: 'DF402',
        span: stage.imageSpan,
        args: { image: stage.image, why: 'folder-owner', what: givenBack.path },
      },
    ];
  const lost = 'candidate' in choice ? lostProgram(demands, choice.candidate.facts) : undefined;
  if (lost !== undefined) return [{ code: 'DF323', span: lost.instruction.span, args: { program: lost.name } }];
  return 'candidate' in choice
    ? { carry, system, choice, restored, absent: absentProgram(demands, choice.candidate.facts) }
    : [{ code: 'DF403', span: stage.imageSpan, args: { image: options.runtime, ...choice } }];
}

/**
 * A folder that COPY makes as root's, so that the image's own user may not give it away; one that WORKDIR makes is that
 * user's, a program keeps its owner, and behind a USER of the file it is root who does it.
 */
function isRoots(path: string, steps: readonly Step[], roots: Roots): boolean {
  const madeByUser = steps.some(({ after, instruction }) => after.workdir === path || instruction.keyword === 'USER');
  return !madeByUser && !roots.files.includes(path);
}
