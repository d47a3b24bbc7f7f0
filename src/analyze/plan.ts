import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isCompiler } from '../knowledge/ecosystems.ts';
import { isPackageUnused } from '../knowledge/unused.ts';
import type { ArtifactReport, Placement, SplitOptions, StepReport } from '../outcome.ts';
import { baseName, isWithin } from '../syntax/paths.ts';
import { type Carry, type CarryPlan, planCarries, type Restored, restoredFolders } from './carry.ts';
import type { CommandFacts } from './commands.ts';
import { type Choice, chooseRuntime } from './ladder.ts';
import { type Ownership, type StageFiles, stageFiles } from './records.ts';
import { findRoots, type Roots } from './roots.ts';
import { freeName, takenNames } from './stage-names.ts';
import { stepReports } from './step-reports.ts';
import { planSystem, type Restated, type SystemPlan } from './system.ts';
import { isBuilding, type Step, type Understanding } from './understand.ts';

/** Where each instruction of the stage goes; complete before a byte is written. */
export interface SplitPlan {
  readonly understanding: Understanding;
  readonly buildName: string;
  readonly runtimeName: string | null;
  readonly choice: Choice;
  /** By step index: `build`, moved to `runtime`, or in `both`. */
  readonly placements: readonly Placement[];
  readonly restated: readonly Restated[];
  readonly carries: readonly Carry[];
  readonly restored: readonly Restored[];
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

/** Turns evidence into placements, or says why not. */
export function planSplit(understanding: Understanding, options: SplitOptions): Decision {
  const { stage, steps, image, reference, document } = understanding;
  const none = (kind: 'refused' | 'unchanged', ...diagnostics: Diagnostic[]): Decision => ({
    kind,
    diagnostics,
    steps: stepReports(understanding, null),
  });
  if (understanding.blockers.length > 0) return none('refused', ...understanding.blockers);
  const builds = steps.some((step) =>
    step.commands.some((command) =>
      command.effects.some((effect) =>
        ['artifact', 'program-folder', 'dependencies', 'builds-in-place', 'compiles'].includes(effect.kind),
      ),
    ),
  );
  if (!builds) {
    const stranger = unknownCommand(understanding);
    return stranger === null
      ? none('unchanged', { code: 'DF301', span: stage.from.span, args: {} })
      : none('refused', { ...stranger, code: 'DF205' });
  }
  if (image === null || reference === null)
    return none('refused', { code: 'DF206', span: stage.imageSpan, args: { image: reference ?? stage.image } });
  const roots = findRoots(understanding);
  const tool = roots.needs.find((need) => need.name !== null && image.toolchain && isCompiler(baseName(need.name)));
  if (tool !== undefined)
    return none('unchanged', { code: 'DF309', span: tool.instruction.span, args: { program: tool.name as string } });
  const stranger = unknownBlock(understanding);
  if (stranger !== null) return none('refused', stranger);
  const files = confineUnknown(stageFiles(understanding), understanding);
  const until = buildEnd(understanding, files, roots);
  const assumptions = assumptionsOf(steps.slice(0, until));
  const first = attempt(understanding, files, roots, until, options);
  if (Array.isArray(first)) return none('refused', ...(first as Diagnostic[]));
  const { carry, system, choice } = first as Attempt;
  const swapped = choice.candidate.rung !== 'same';
  const packagesGone = system.dropped.some((verdict) => verdict.why !== 'the file removes it again');
  if (!swapped && !packagesGone && !leavesSomething(understanding, files, carry))
    return none('unchanged', { code: 'DF302', span: stage.imageSpan, args: { image: stage.image } });
  if (!swapped && !packagesGone && image.toolchain)
    return none('refused', { code: 'DF402', span: stage.imageSpan, args: { image: stage.image } });
  const taken = takenNames(document);
  const placements = steps.map((step): Placement => placementOf(step, until, system, steps));
  const restored = restoredFolders(
    carry.carries,
    files.ownerships,
    steps,
    until,
    (ownership: Ownership) =>
      system.restated.some((run) => run.step === ownership.step && (run.items === null || run.items.length > 0)) &&
      !carry.carries.some((one) => isWithin(one.path, ownership.path)),
  );
  const plan: SplitPlan = {
    understanding,
    buildName: freeName(options.stageName, taken),
    // Whoever builds `--target NAME` gets the container, as before.
    runtimeName: options.runtimeName ?? stage.name,
    choice,
    placements,
    restated: system.restated,
    carries: [...carry.carries, ...choice.files],
    restored,
    until,
    steps: stepReports(understanding, { placements, system, carry, until }),
    artifacts: [...carry.carries, ...choice.files].map((one) => ({
      from: one.path,
      to: one.path,
      writer: one.writer.line,
      readers: readersOf(one, roots),
    })),
    diagnostics: [
      ...assumptions,
      ...carry.diagnostics,
      ...choice.diagnostics,
      ...system.unknownLibraries.map(
        ({ name, span }): Diagnostic => ({ code: 'DF306', span, args: { package: name } }),
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

/** Whether the runtime stage goes without anything that the image had: a cache, a source, an intermediate result. */
function leavesSomething({ steps }: Understanding, files: StageFiles, { carries, left }: CarryPlan): boolean {
  const mounted = steps.flatMap(({ instruction }) =>
    instruction.flags.flatMap(({ name, value }) =>
      name === 'mount' ? [/(?:^|,)(?:target|dst|destination)=([^,]+)/.exec(value ?? '')?.[1] ?? ''] : [],
    ),
  );
  return [
    ...left,
    ...files.records.filter((record) => ['cache', 'intermediate', 'toolchain'].includes(record.class)),
  ].some(
    ({ path }) =>
      !carries.some((one) => isWithin(path, one.path)) &&
      !mounted.some((folder) => folder !== '' && isWithin(path, folder)),
  );
}

interface Attempt {
  readonly carry: CarryPlan;
  readonly system: SystemPlan;
  readonly choice: Choice;
}

/** Carries, system changes and the runtime image depend on each other: each is planned on what the others leave. */
function attempt(
  understanding: Understanding,
  files: StageFiles,
  roots: Roots,
  until: number,
  options: SplitOptions,
): Attempt | Diagnostic[] {
  const { steps, stage } = understanding;
  const rough = planCarries(understanding, files, roots, until, () => false);
  const linkages = files.records
    .filter((record) => record.linkage !== null && record.class !== 'data')
    .map((record) => record.linkage);
  const carried = (path: string): boolean =>
    path !== '/' &&
    rough.carries.some(
      (one) => one.entry.startsWith('ecosystems/') && (isWithin(path, one.path) || isWithin(one.path, path)),
    );
  const quiet = rough.traits !== null && rough.traits.runs.length === 0 && !rough.interpreted && !roots.shell;
  const system = planSystem(understanding, until, {
    staticOnly: linkages.length > 0 && linkages.every((linkage) => linkage === 'static') && !rough.interpreted,
    keepCompanions: linkages.some((linkage) => linkage === 'cpp' || linkage === 'unknown') || rough.interpreted,
    unused: (name) => (quiet && isPackageUnused(name) ? 'nothing that runs in the container starts it' : null),
    carried,
    files,
  });
  if (system.tangled.length > 0)
    return system.tangled.map((step): Diagnostic => ({ code: 'DF310', span: step.instruction.span, args: {} }));
  const carry = planCarries(understanding, files, roots, until, (path) =>
    system.restated.some((run) => run.writes.some((written) => isWithin(path, written))),
  );
  const blocked = carry.diagnostics.filter(({ code }) => code === 'DF304');
  if (blocked.length > 0) return blocked;
  const tailRuns = steps.slice(until).some((step) => step.instruction.keyword === 'RUN');
  const libraries = steps
    .slice(0, until)
    .flatMap((step) =>
      step.commands.flatMap((command) =>
        command.effects.flatMap((effect) => (effect.kind === 'needs-libraries' ? effect.packages : [])),
      ),
    );
  const restoring = restoredFolders(carry.carries, files.ownerships, steps, until, () => false).length > 0;
  const choice = chooseRuntime(
    {
      understanding,
      roots,
      carry,
      system,
      runs: tailRuns || system.restated.length > 0 || restoring,
      libraries: libraryPackages(libraries, understanding),
    },
    options,
  );
  return choice === null
    ? [{ code: 'DF403', span: stage.imageSpan, args: { image: options.runtime } }]
    : { carry, system, choice };
}

/** Names the run-time package of a library in the release at hand: entries without a version get the release's. */
function libraryPackages(names: readonly string[], { image }: Understanding): string[] {
  const byRelease: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    libssl: { bullseye: 'libssl1.1', bookworm: 'libssl3', trixie: 'libssl3t64' },
  };
  if (image === null || image.distribution === 'alpine') return [];
  return [...new Set(names.map((name) => byRelease[name]?.[image.release ?? ''] ?? name))].filter(
    (name) => !['zlib1g', 'libbz2-1.0', 'liblzma5', 'libzstd1', 'libstdc++6'].includes(name),
  );
}

/** The first command of which nothing is known. */
function unknownCommand({ steps }: Understanding): Diagnostic | null {
  for (const { commands } of steps)
    for (const command of commands)
      for (const effect of command.effects)
        if (effect.kind === 'unknown')
          return { code: 'DF205', span: command.span, args: { command: shown(command), why: effect.why } };
  return null;
}

/** A command on one line, as a message quotes it. */
const shown = (command: CommandFacts): string =>
  command.argv
    .map((word) => word ?? '…')
    .join(' ')
    .slice(0, 80) || command.says;

/** An unknown command that cannot even be assumed to keep to a folder. */
function unknownBlock({ steps }: Understanding): Diagnostic | null {
  for (const step of steps) {
    if (step.copy !== null && step.copy.target === null)
      return {
        code: 'DF304',
        span: step.instruction.span,
        args: { command: step.instruction.keyword, path: step.instruction.rest.text },
      };
    for (const command of step.commands) {
      const effect = command.effects.find((candidate) => candidate.kind === 'unknown');
      if (effect === undefined || effect.kind !== 'unknown') continue;
      const args = {
        command: shown(command),
        why: effect.why,
      };
      if (command.argv[0] === '|') return { code: 'DF308', span: command.span, args };
      if (command.cwd === null || command.cwd === '/') return { code: 'DF203', span: command.span, args };
    }
  }
  return null;
}

/** An unknown command is assumed to write below the folder it runs in; the assumption is listed. */
function confineUnknown(files: StageFiles, _understanding: Understanding): StageFiles {
  const records = files.unknown.flatMap(({ step, command }) =>
    command?.cwd == null
      ? []
      : [{ path: command.cwd, tree: true, class: 'in-place' as const, step, command, linkage: null, mapping: null }],
  );
  return { ...files, records: [...files.records, ...records] };
}

function assumptionsOf(steps: readonly Step[]): Diagnostic[] {
  const found = steps.flatMap((step) =>
    step.commands.flatMap((command) =>
      command.effects.flatMap((effect): Diagnostic[] => {
        if (effect.kind === 'assumes') return [{ code: effect.code, span: command.span, args: effect.args }];
        if (effect.kind === 'unknown')
          return [
            {
              code: 'DF202',
              span: command.span,
              args: {
                command: shown(command),
                where: command.cwd ?? '?',
              },
            },
          ];
        return [];
      }),
    ),
  );
  return found.filter(
    (one, index) => found.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index,
  );
}

/** The index behind the last step that has to stand in the build stage. */
function buildEnd({ steps }: Understanding, files: StageFiles, roots: Roots): number {
  let end = 0;
  for (const step of steps) if (isBuildStep(step)) end = step.index + 1;
  for (const step of steps.slice(end)) {
    if (step.instruction.keyword !== 'RUN') continue;
    const made = (path: string): boolean =>
      files.records.some(
        (record) =>
          record.step.index < step.index &&
          record.class !== 'cache' &&
          (isWithin(record.path, path) || isWithin(path, record.path)),
      );
    const works = step.commands.some((command) =>
      command.effects.some(
        (effect) =>
          (effect.kind === 'owns' && effect.recursive && made(effect.path)) ||
          ((effect.kind === 'copies' || effect.kind === 'moves') && made(effect.from)) ||
          (effect.kind === 'deletes' && made(effect.path)) ||
          (effect.kind === 'reads' && made(effect.path)) ||
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
    if (works || (plain && files.records.every((record) => !record.command?.ecosystem?.interpreted)))
      end = step.index + 1;
  }
  return end;
}

function placementOf(step: Step, until: number, system: SystemPlan, steps: readonly Step[]): Placement {
  const { keyword } = step.instruction;
  if (step.index >= until || MOVED.has(keyword)) return 'runtime';
  if (keyword === 'ENV') return 'both';
  if (keyword === 'RUN') return system.restated.some((run) => run.step === step) ? 'both' : 'build';
  if (keyword === 'SHELL') return 'both';
  if (keyword === 'WORKDIR' || keyword === 'USER') {
    const later = steps.slice(step.index + 1).filter((other) => other.instruction.keyword === keyword);
    const absolute = later.some((other) => keyword === 'USER' || /^["']?\//.test(other.instruction.rest.text));
    const serves = system.restated.some(
      (run) => run.step.index > step.index && !later.some((other) => other.index < run.step.index),
    );
    return absolute && !(keyword === 'USER' && serves) ? 'build' : 'both';
  }
  return 'build';
}

function readersOf(one: Carry, roots: Roots): number[] {
  const lines = roots.needs
    .filter((need) => need.name !== null && (isWithin(need.name, one.path) || one.path.endsWith(`/${need.name}`)))
    .map((need) => need.instruction.line);
  return [...new Set(lines)];
}
