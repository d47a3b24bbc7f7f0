import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isCompiler } from '../knowledge/ecosystems.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import { isConsole, runsJobs, updatesItself, waits } from '../knowledge/interactive.ts';
import { libraryPackages } from '../knowledge/packages/library-names.ts';
import { isPackageUnused, programsOf } from '../knowledge/unused.ts';
import type { ArtifactReport, Placement, SplitOptions, StepReport } from '../outcome.ts';
import { baseName, isWithin, resolvePath } from '../syntax/paths.ts';
import { spelledDefaults } from './argument-defaults.ts';
import { type Carry, type CarryPlan, planCarries } from './carry.ts';
import { dependentStage } from './dependent-stage.ts';
import { developmentNotes } from './development.ts';
import { leavesSomething } from './gain.ts';
import { isIdle } from './idle.ts';
import { type Choice, chooseRuntime } from './ladder.ts';
import { REMOVED_AT_ONCE } from './package-verdicts.ts';
import { buildEnd, placementOf } from './placements.ts';
import { absentProgram, lostProgram, mayStart, runPrograms, startedPrograms } from './programs.ts';
import { type StageFiles, stageFiles } from './records.ts';
import { type Restored, restoredFolders } from './restored.ts';
import { findRoots, type NamedNeed, type Roots } from './roots.ts';
import { secretFindings } from './secrets.ts';
import { type SharedStage, sharedStage } from './shared-stage.ts';
import { freeName, takenNames } from './stage-names.ts';
import { stepReports } from './step-reports.ts';
import { isRestated, planSystem, type Restated, type SystemPlan } from './system.ts';
import type { Step, Understanding } from './understand.ts';
import { assumptionsOf, confineUnknown, unknownBlock, unknownCommand, unreadCode } from './unknowns.ts';
import { unmadeFile } from './unmade-file.ts';

/** Where each instruction of the stage goes; complete before a byte is written. */
export interface SplitPlan {
  readonly understanding: Understanding;
  readonly buildName: string;
  readonly runtimeName: string | null;
  /** The first steps that both stages need, in a stage that both stand on; null where each has its own. */
  readonly shared: SharedStage | null;
  readonly choice: Choice;
  /** By step index: `build`, moved to `runtime`, or in `both`. */
  readonly placements: readonly Placement[];
  readonly restated: readonly Restated[];
  readonly carries: readonly Carry[];
  /** The evidence behind them, for whoever checks the images. */
  readonly carry: CarryPlan;
  readonly system: SystemPlan;
  readonly restored: readonly Restored[];
  /** How new lines write a path, an owner or a mode that holds the value of an ARG. */
  readonly spelled: ReadonlyMap<string, string>;
  /** Steps before this index make the build stage. */
  readonly until: number;
  readonly steps: readonly StepReport[];
  readonly artifacts: readonly ArtifactReport[];
  readonly diagnostics: readonly Diagnostic[];
}

export type Decision =
  | { readonly kind: 'split'; readonly plan: SplitPlan }
  | {
      readonly kind: 'refused' | 'unchanged';
      readonly diagnostics: readonly Diagnostic[];
      readonly steps: readonly StepReport[];
    };

/** Turns evidence into placements, or says why not. */
export function planSplit(understanding: Understanding, options: SplitOptions): Decision {
  const { stage, steps, image, reference, document } = understanding;
  const none = (kind: 'refused' | 'unchanged', ...diagnostics: Diagnostic[]): Decision => ({
    kind,
    diagnostics,
    steps: stepReports(understanding, null),
  });
  if (understanding.blockers.length > 0) return none('refused', ...understanding.blockers);
  const roots = findRoots(understanding);
  const effects = steps.flatMap(({ commands }) => commands.flatMap((command) => command.effects));
  const own = new Set(effects.flatMap((effect) => (effect.kind === 'artifact' ? [baseName(effect.path)] : [])));
  const installsAny = effects.some(({ kind }) => kind === 'installs' || kind === 'toolchain');
  const tool = roots.needs.find(
    ({ name, argv }) =>
      name !== null && !own.has(baseName(name)) && isCompiler(argv) && (image?.toolchain || installsAny),
  );
  if (tool !== undefined)
    return none('unchanged', { code: 'DF309', span: tool.instruction.span, args: { program: tool.name as string } });
  // Where the file states nothing, the container starts what its image does.
  const inherited = roots.stated ? null : (image?.cmd ?? null);
  if (inherited !== null && isCompiler(inherited))
    return none('unchanged', { code: 'DF309', span: stage.imageSpan, args: { program: inherited[0] as string } });
  const builds = steps.some((step) =>
    step.commands.some((command) =>
      command.effects.some((effect) =>
        ['artifact', 'program-folder', 'dependencies', 'builds-in-place', 'compiles'].includes(effect.kind),
      ),
    ),
  );
  if (!builds) {
    const stranger = unknownCommand(understanding);
    if (stranger === null) return none('unchanged', { code: 'DF301', span: stage.from.span, args: {} });
    // Of an unknown image not even the folder is known in which its commands run.
    if (image !== null) return none('refused', stranger);
  }
  if (image === null || reference === null)
    return none('refused', { code: 'DF206', span: stage.imageSpan, args: { image: reference ?? stage.image } });
  const run = steps.find(({ instruction }) => instruction.keyword === 'RUN');
  if (image.family === 'scratch' && run !== undefined)
    return none('refused', { code: 'DF213', span: run.instruction.span, args: {} });
  const stranger = unknownBlock(understanding);
  if (stranger !== null) return none('refused', stranger);
  const files = confineUnknown(stageFiles(understanding));
  const until = buildEnd(understanding, files, roots);
  const first = attempt(understanding, files, roots, until, options);
  if (Array.isArray(first)) return none('refused', ...(first as Diagnostic[]));
  const { carry, system, choice, restored, absent } = first as Attempt;
  const lacking = unmadeFile(understanding, roots, carry, system, until);
  if (lacking !== null) return none('refused', lacking);
  const swapped = choice.candidate.rung !== 'same';
  const assumptions = assumptionsOf(steps.slice(0, until), swapped);
  const packagesGone = system.dropped.some((verdict) => verdict.why !== REMOVED_AT_ONCE);
  // Where a small image has no smaller form at all, it is left with what the container needs: that much is gained.
  const smallest = image.slim && choice.passed.length === 0;
  // Whoever starts a container without a command of its own may want the toolchain and all that it fetched.
  const isWorkshop = !roots.stated && image.toolchain;
  if (options.runtime === 'auto' && !swapped && ((!packagesGone && image.toolchain && !smallest) || isWorkshop))
    return none('refused', {
      code: 'DF402',
      span: stage.imageSpan,
      args: { why: 'no-rung', ...choice.passed.at(-1), image: stage.image },
    });
  if (!swapped && !packagesGone && !leavesSomething(understanding, files, carry, system))
    return none('unchanged', { code: 'DF302', span: stage.imageSpan, args: { image: stage.image } });
  if (absent !== null)
    return none('refused', { code: 'DF312', span: absent.instruction.span, args: { file: absent.name } });
  const dependent = dependentStage(understanding, carry.carries);
  if (dependent !== null) return none('refused', dependent);
  const taken = takenNames(document);
  const placements = steps.map((step): Placement => placementOf(step, until, system, steps, carry.again));
  const buildName = freeName(options.stageName, taken);
  const plan: SplitPlan = {
    understanding,
    buildName,
    shared: sharedStage(understanding, system.restated, choice, (wanted) =>
      freeName(wanted, new Set([...taken, buildName])),
    ),
    // Whoever builds `--target NAME` gets the container, as before.
    runtimeName: options.runtimeName ?? stage.name,
    choice,
    placements,
    restated: system.restated,
    carries: [...carry.carries, ...choice.files],
    carry,
    system,
    restored,
    spelled: new Map(),
    until,
    steps: stepReports(understanding, { placements, system, carry, until }),
    artifacts: [...carry.carries, ...choice.files].map((one) => ({
      from: one.path,
      to: one.path,
      writer: one.writer.line,
      why: one.why,
      readers: readersOf(one, roots, understanding.final.workdir ?? '/'),
    })),
    diagnostics: [
      ...assumptions,
      ...secretFindings({
        understanding,
        files,
        carried: [...carry.carries, ...choice.files].map(({ path }) => path),
        restated: system.restated,
        until,
      }),
      ...(swapped ? unreadCode(steps.slice(0, until)) : []),
      ...carry.diagnostics,
      ...spelledDefaults(steps, until, carry.carries),
      ...developmentNotes(steps.slice(0, until), roots, carry.carries),
      ...choice.diagnostics,
      ...((swapped && !roots.stated && image.toolchain) ||
      ((swapped || (packagesGone && !compilesAny(steps))) && isOpen(roots, image)) ||
      (packagesGone && sendsJobs(roots, image))
        ? [{ code: 'DF419', span: stage.imageSpan, args: { image: swapped ? stage.image : 'the build stage' } }]
        : []),
      ...system.unknownLibraries.map(
        ({ name, span }): Diagnostic => ({ code: 'DF325', span, args: { package: name } }),
      ),
      ...(swapped
        ? [
            {
              code: 'DF401',
              span: stage.imageSpan,
              args: { image: choice.candidate.image, proof: choice.candidate.proof },
            },
          ]
        : []),
    ],
  };
  return { kind: 'split', plan };
}

const BUILDING = new Set(['artifact', 'program-folder', 'dependencies', 'builds-in-place', 'compiles', 'intermediate']);

/** Some step may have needed the packages that go: otherwise they are there for whoever uses the container. */
const compilesAny = (steps: readonly Step[]): boolean =>
  steps.some(({ commands }) =>
    commands.some(({ argv, effects }) => !updatesItself(argv) && effects.some(({ kind }) => BUILDING.has(kind))),
  );

/** What runs in the container is decided by whoever sends it jobs. */
const sendsJobs = ({ stated, needs }: Roots, { entrypoint, cmd }: ImageFacts): boolean =>
  stated ? needs.some(({ argv }) => runsJobs(argv)) : runsJobs([...(entrypoint ?? []), ...(cmd ?? [])]);

/** What runs in the container is decided by whoever starts it. */
function isOpen({ stated, needs }: Roots, { cmd }: ImageFacts): boolean {
  return stated ? needs.length > 0 && needs.every(({ argv }) => waits(argv)) : cmd !== null && isConsole(cmd);
}

interface Attempt {
  readonly carry: CarryPlan;
  readonly system: SystemPlan;
  readonly choice: Choice;
  readonly restored: readonly Restored[];
  /** What the file states to start, and no step is known to make. */
  readonly absent: NamedNeed | null;
}

/**
 * Carries, system changes and the runtime image depend on each other: each is planned on what the others leave. Plain work
 * on files is carried over where that allows an image without a shell, and done again where there is one anyway.
 */
function attempt(
  understanding: Understanding,
  files: StageFiles,
  roots: Roots,
  until: number,
  options: SplitOptions,
): Attempt | Diagnostic[] {
  const rough = planCarries(understanding, files, roots, until, () => false);
  const carried = attemptOnce(understanding, files, roots, until, options, rough, false);
  if (!Array.isArray(carried) && !(carried as Attempt).choice.candidate.facts.shell) return carried;
  const again = attemptOnce(understanding, files, roots, until, options, rough, true);
  return Array.isArray(again) ? carried : again;
}

/** `rough` is what is carried where the runtime stage makes nothing again. */
function attemptOnce(
  understanding: Understanding,
  files: StageFiles,
  roots: Roots,
  until: number,
  options: SplitOptions,
  rough: CarryPlan,
  plain: boolean,
): Attempt | Diagnostic[] {
  const { steps, stage, image } = understanding;
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
  const carried = (path: string): boolean =>
    path !== '/' && trees.some((one) => isWithin(path, one.path) || isWithin(one.path, path));
  const silent = rough.traits !== null && rough.traits.runs.length === 0 && !rough.interpreted;
  // A script that runs the command it is given (`exec "$@"`) starts what CMD says, whose words are known.
  const told = silent && roots.unread.length === 0 && roots.needs.every((need) => need.name !== null || need.given);
  const systemFor = (started: readonly string[]): SystemPlan => {
    const unused = (name: string): string | null =>
      told &&
      isPackageUnused(name, roots.shell ? roots.words : null) &&
      !programsOf(name).some((one) => started.includes(one))
        ? 'nothing that runs in the container starts it'
        : null;
    return planSystem(understanding, until, {
      staticOnly: linkages.length > 0 && linkages.every((linkage) => linkage === 'static') && !rough.interpreted,
      keepCompanions: linkages.some((linkage) => linkage === 'cpp' || linkage === 'unknown') || rough.interpreted,
      unused,
      started,
      demanded: startedPrograms({ understanding }),
      carried,
      idle: (command, step) =>
        isIdle(
          command,
          step,
          (programs) => !programs.some((one) => started.includes(one)) && !mayStart(programs, roots, understanding),
          unused,
        ),
      inTree: (path) => rough.carries.some((one) => one.path !== path && isWithin(path, one.path)),
      plain,
      own: options.own,
      files,
    });
  };
  // What a RUN of the runtime stage starts has to be there when it runs.
  const alone = systemFor([]);
  const started = runPrograms({ understanding, system: alone, until });
  const system = started.length === 0 ? alone : systemFor(started);
  if (system.tangled.length > 0)
    return system.tangled.map((step): Diagnostic => ({ code: 'DF310', span: step.instruction.span, args: {} }));
  const carry = system.restated.some((run) => run.writes.length > 0)
    ? planCarries(understanding, files, roots, until, (record) => isRestated(system, record))
    : rough;
  const blocked = carry.diagnostics.filter(({ code }) => code === 'DF304' || code === 'DF311');
  if (blocked.length > 0) return blocked;
  const tailRuns = steps.slice(until).some((step) => step.instruction.keyword === 'RUN');
  const libraries = steps
    .slice(0, until)
    .flatMap((step) => step.commands)
    .flatMap((command) => command.effects)
    .flatMap((effect) => (effect.kind === 'needs-libraries' ? [effect] : []));
  const built = steps.slice(0, until);
  const restored = restoredFolders({
    carries: carry.carries,
    files,
    steps: built,
    isFile: (path) => understanding.files.list(path) === null && understanding.files.read(path) !== null,
    accounts: image?.accounts ?? [],
    workdir: image?.workdir ?? '/',
    environment: image?.environment,
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
    libraries: libraryPackages(libraries, image),
    opened: libraryPackages(
      libraries.filter((effect) => effect.opened),
      image,
    ),
    owners: restored.flatMap(({ owner }) => (owner === null ? [] : [owner])),
  };
  const choice = chooseRuntime(demands, options);
  const user = 'candidate' in choice ? choice.candidate.facts.user : '';
  const givenBack = /^(root|0)?$/.test(user) ? undefined : restored.find(({ path }) => isRoots(path, built, roots));
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

/** Lines of the instructions that start what lies there. */
function readersOf(one: Carry, { needs }: Roots, workdir: string): number[] {
  const starts = (name: string): boolean =>
    name.includes('/') ? isWithin(resolvePath(workdir, name), one.path) : one.path.endsWith(`/${name}`);
  const readers = needs.filter((need) => need.name !== null && starts(need.name));
  return [...new Set(readers.map((need) => need.instruction.line))];
}
