import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isCompiler } from '../knowledge/ecosystems.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import { runsJobs, updatesItself } from '../knowledge/interactive.ts';
import { isDistributionFolder } from '../knowledge/standard-folders.ts';
import type { ArtifactReport, PassedImage, Placement, SplitOptions, StepReport } from '../outcome.ts';
import { baseName, isWithin, resolvePath } from '../syntax/paths.ts';
import { withAbsentStarts } from './absent-starts.ts';
import { spelledDefaults } from './argument-defaults.ts';
import { type Attempt, attempt, cachesAlone, draftsOf } from './attempt.ts';
import type { Carry, CarryPlan } from './carry.ts';
import { dependentStage } from './dependent-stage.ts';
import { developmentNotes } from './development.ts';
import { cachesOf, copiesOver, leftBehind } from './gain.ts';
import { joinedInstall } from './joined-install.ts';
import type { Choice } from './ladder.ts';
import { type Group, missingGroups } from './missing-groups.ts';
import { REMOVED_AT_ONCE } from './package-verdicts.ts';
import { buildEnd, placementOf } from './placements.ts';
import { stageFiles, type WriteRecord } from './records.ts';
import type { Restated } from './restated.ts';
import type { Restored } from './restored.ts';
import { findRoots, isOpen, type Roots } from './roots.ts';
import { secretFindings } from './secrets.ts';
import { type SharedStage, sharedStage } from './shared-stage.ts';
import { freeName, takenNames } from './stage-names.ts';
import { stepReports } from './step-reports.ts';
import type { SystemPlan } from './system.ts';
import type { Step, Understanding } from './understand.ts';
import { assumptionsOf, confineUnknown, servesKnown, unknownBlock, unknownCommand, unreadCode } from './unknowns.ts';
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
  /** Groups that the runtime stage makes first, so that those behind them get the numbers that they had. */
  readonly groups: readonly Group[];
  /** The packages that the image lacks stand in the author's own first install. */
  readonly joined: boolean;
  /** How new lines write a path, an owner or a mode that holds the value of an ARG. */
  readonly spelled: ReadonlyMap<string, string>;
  /** Steps before this index make the build stage. */
  readonly until: number;
  readonly steps: readonly StepReport[];
  readonly artifacts: readonly ArtifactReport[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The file is left alone. */
interface Left {
  readonly kind: 'refused' | 'unchanged';
  readonly diagnostics: readonly Diagnostic[];
  readonly steps: readonly StepReport[];
  /** Smaller images that were looked at, where it came to that. */
  readonly passed: readonly PassedImage[];
}

export type Decision = { readonly kind: 'split'; readonly plan: SplitPlan } | Left;

/** Turns evidence into placements, or says why not. */
export function planSplit(understanding: Understanding, options: SplitOptions): Decision {
  const { stage, steps, image, reference, document } = understanding;
  const none = (kind: Left['kind'], ...diagnostics: Diagnostic[]): Left => ({
    kind,
    diagnostics,
    steps: stepReports(understanding, null),
    passed: [],
  });
  // Whatever the image turns out to be, a file that builds nothing has nothing to split off.
  const { blockers } = understanding;
  if (blockers.some(({ code }) => code !== 'DF208')) return none('refused', ...blockers);
  const started = findRoots(understanding);
  const effects = steps.flatMap(({ commands }) => commands.flatMap((command) => command.effects));
  const own = new Set(effects.flatMap((effect) => (effect.kind === 'artifact' ? [baseName(effect.path)] : [])));
  const installsAny = effects.some(({ kind }) => kind === 'installs' || kind === 'toolchain');
  // What lies in a folder that a build tool filled is the application's, whatever it is called: `build/install/mill/bin/mill`.
  const isBuilt = (name: string): boolean =>
    name.includes('/') &&
    effects.some(
      (effect) =>
        effect.kind === 'artifact' &&
        effect.tree &&
        isWithin(resolvePath(understanding.final.workdir ?? '/', name), effect.path),
    );
  const tool = started.needs.find(
    ({ name, argv }) =>
      name !== null &&
      !own.has(baseName(name)) &&
      !isBuilt(name) &&
      isCompiler(argv) &&
      (image?.toolchain || installsAny),
  );
  if (tool !== undefined)
    return none('unchanged', { code: 'DF309', span: tool.instruction.span, args: { program: tool.name as string } });
  // Where the file states nothing, the container starts what its image does.
  const inherited = started.stated ? null : (image?.cmd ?? null);
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
    if (image !== null && !servesKnown(understanding)) return none('refused', stranger);
  }
  if (blockers.length > 0) return none('refused', ...blockers);
  if (image === null || reference === null)
    return none('refused', { code: 'DF206', span: stage.imageSpan, args: { image: reference ?? stage.image } });
  const run = steps.find(({ instruction }) => instruction.keyword === 'RUN');
  if (image.family === 'scratch' && run !== undefined)
    return none('refused', { code: 'DF213', span: run.instruction.span, args: {} });
  const files = confineUnknown(stageFiles(understanding));
  const roots = withAbsentStarts(started, understanding, files);
  const until = buildEnd(understanding, files, roots);
  const stranger = unknownBlock(understanding, files);
  const drafts = draftsOf(understanding, files, roots, until, options);
  const first = stranger === null ? attempt(drafts, options) : [stranger];
  // Nothing is gained, or what a flag or two would gain as well.
  const without = (caches: readonly WriteRecord[] | null): Left =>
    none(
      'unchanged',
      ...(caches !== null && caches.length > 0
        ? cacheNotes(caches)
        : [{ code: 'DF302', span: stage.imageSpan, args: { image: stage.image } }]),
    );
  if (Array.isArray(first)) {
    const caches = servesKnown(understanding) ? cachesAlone(drafts, understanding, files, options) : null;
    return caches === null ? none('refused', ...(first as Diagnostic[])) : without(caches);
  }
  const { carry, system, choice, restored, absent } = first as Attempt;
  const lacking = unmadeFile(understanding, roots, carry, system, files, until);
  if (lacking !== null) return none('refused', lacking);
  const swapped = choice.candidate.rung !== 'same';
  const assumptions = assumptionsOf(steps.slice(0, until), swapped, document.text);
  const packagesGone = system.dropped.some((verdict) => verdict.why !== REMOVED_AT_ONCE);
  // Where a small image has no smaller form at all, it is left with what the container needs: that much is gained.
  const smallest = image.slim && choice.passed.length === 0;
  // Whoever starts a container without a command of its own may want the toolchain and all that it fetched.
  const isWorkshop = !roots.stated && image.toolchain;
  if (options.runtime === 'auto' && !swapped && ((!packagesGone && image.toolchain && !smallest) || isWorkshop))
    return {
      ...none('refused', {
        code: 'DF402',
        span: stage.imageSpan,
        args: { why: 'no-rung', ...choice.passed.at(-1), image: stage.image },
      }),
      passed: choice.passed,
    };
  const left = leftBehind(understanding, files, carry, system);
  if (!swapped && !packagesGone && (left.length === 0 || copiesOver(files, carry, system)))
    return { ...without(cachesOf(left)), passed: choice.passed };
  if (absent !== null)
    return none('refused', { code: 'DF312', span: absent.instruction.span, args: { file: absent.name } });
  const dependent = dependentStage(understanding, carry.carries);
  if (dependent !== null) return none('refused', dependent);
  const taken = takenNames(document);
  const brought = [...carry.carries, ...choice.files];
  /** Nothing is done there before another folder is entered: it is made for the container. */
  const isOnlyMade = (folder: string): boolean =>
    steps.every(
      ({ before, instruction: { keyword }, after }) =>
        (before.workdir !== folder || !/^(RUN|COPY|ADD)$/.test(keyword)) &&
        (after.workdir === folder || !isWithin(after.workdir ?? '/', folder)),
    );
  const isWanted = (folder: string): boolean =>
    !isDistributionFolder(folder) &&
    (isOnlyMade(folder) || roots.files.some((path) => isWithin(path, folder))) &&
    !brought.some(({ path }) => isWithin(path, folder) || isWithin(folder, path));
  const placements = steps.map((step): Placement => placementOf(step, until, system, steps, carry.again, isWanted));
  const buildName = freeName(options.stageName, taken);
  const joined = joinedInstall(understanding, system.restated, choice);
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
    restated: joined === null ? system.restated : [joined, ...system.restated.slice(1)],
    joined: joined !== null,
    carries: [...carry.carries, ...choice.files],
    carry,
    system,
    restored,
    groups: missingGroups(understanding, system, files, until, choice.candidate.facts),
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

/** Each cache once, with the command that leaves it. */
const cacheNotes = (caches: readonly WriteRecord[]): Diagnostic[] =>
  caches
    .filter(({ path }, index) => caches.findIndex((other) => other.path === path) === index)
    .map(({ path, command, step }) => ({
      code: 'DF327',
      span: (command ?? step.instruction).span,
      args: { path, command: command?.argv.map((word) => word ?? '…').join(' ') ?? step.instruction.keyword },
    }));

const BUILDING = new Set(['artifact', 'program-folder', 'dependencies', 'builds-in-place', 'compiles', 'intermediate']);

/** Some step may have needed the packages that go: otherwise they are there for whoever uses the container. */
const compilesAny = (steps: readonly Step[]): boolean =>
  steps.some(({ commands }) =>
    commands.some(({ argv, effects }) => !updatesItself(argv) && effects.some(({ kind }) => BUILDING.has(kind))),
  );

/** What runs in the container is decided by whoever sends it jobs. */
const sendsJobs = ({ stated, needs }: Roots, { entrypoint, cmd }: ImageFacts): boolean =>
  stated ? needs.some(({ argv }) => runsJobs(argv)) : runsJobs([...(entrypoint ?? []), ...(cmd ?? [])]);

/** Lines of the instructions that start what lies there. */
function readersOf(one: Carry, { needs }: Roots, workdir: string): number[] {
  const starts = (name: string): boolean =>
    name.includes('/') ? isWithin(resolvePath(workdir, name), one.path) : one.path.endsWith(`/${name}`);
  const readers = needs.filter((need) => need.name !== null && starts(need.name));
  return [...new Set(readers.map((need) => need.instruction.line))];
}
