import type { ImageFacts } from '../knowledge/image.ts';
import type { Span } from '../syntax/document.ts';
import { isWithin } from '../syntax/paths.ts';
import { withIndexRemovals } from './index-removals.ts';
import { onOtherImage, withIndexUpdates, withoutIndex } from './index-updates.ts';
import { type PackageVerdict, type Purge, purgesOf, verdictsOf } from './package-verdicts.ts';
import type { WriteRecord } from './records.ts';
import { type Restated, runsAgain } from './restated.ts';
import { isInstall } from './system-commands.ts';
import { planStep, type SystemChoices, type SystemState } from './system-step.ts';
import type { Tangle } from './tangle.ts';
import type { Step, Understanding } from './understand.ts';

export interface SystemPlan {
  readonly restated: readonly Restated[];
  /** Packages that stay in the runtime stage. */
  readonly kept: readonly string[];
  readonly dropped: readonly PackageVerdict[];
  /** Development packages whose run-time library is not known in this release. */
  readonly unknownLibraries: readonly { readonly name: string; readonly span: Span }[];
  /** COPYs of the build context that are repeated for what runs again. */
  readonly repeated: readonly Step[];
  /** System changes that cannot run again where the container runs. */
  readonly tangled: readonly Tangle[];
}

/** Divides every install line and decides which system changes run again in the runtime stage. */
export function planSystem(understanding: Understanding, until: number, choices: SystemChoices): SystemPlan {
  const { document } = understanding;
  const steps = understanding.steps.slice(0, until);
  const later = understanding.steps.slice(until);
  const purges = purgesOf(understanding.steps);
  const unknownLibraries: { name: string; span: Span }[] = [];
  const state: SystemState = {
    image: understanding.image as ImageFacts,
    text: document.text,
    steps,
    copiedBy: understanding.copiedBy,
    choices,
    kept: [],
    dropped: [],
    restated: [],
    repeated: new Set(),
    tangled: [],
    running: new Set(),
  };
  const { image, kept, dropped, tangled } = state;
  for (const step of steps) {
    if (step.commands.length === 0) continue;
    const all = step.commands.flatMap((command) => verdictsOf(command, image, step, purges, choices, unknownLibraries));
    const verdicts = withoutThose(installedFor(state.restated, purges), all);
    dropped.push(...verdicts.filter((verdict) => !verdict.becomes.includes(verdict.name)));
    kept.push(...verdicts.flatMap((verdict) => verdict.becomes));
    if (step.word?.kind !== 'build') planStep(step, verdicts, state);
  }
  for (const { commands } of later)
    for (const { effects } of commands)
      for (const effect of effects)
        if (effect.kind === 'installs') kept.push(...effect.packages.map(({ name }) => name));
  const updated = withIndexUpdates(state.restated, steps, later);
  const other = choices.on === 'other' ? onOtherImage(updated, document.text) : updated;
  const restated = withIndexRemovals(other, steps, later);
  tangled.push(...withoutIndex(restated, steps, later));
  return { restated, repeated: [...state.repeated], kept: [...new Set(kept)], dropped, unknownLibraries, tangled };
}

/** Packages that are there for good behind these RUNs. */
function installedFor(runs: readonly Restated[], purges: readonly Purge[]): ReadonlySet<string> {
  const names = runs
    .filter(({ step }) => step.commands.every((command) => command.certain || !isInstall(command)))
    .flatMap(({ packages }) => packages.flatMap(({ becomes }) => becomes));
  return new Set(names.filter((name) => !purges.some((purge) => purge.names.has(name))));
}

/** Without what takes the place of a package and is there already. */
const withoutThose = (there: ReadonlySet<string>, verdicts: readonly PackageVerdict[]): PackageVerdict[] =>
  verdicts.map((verdict) => {
    const becomes = verdict.becomes.filter((name) => name === verdict.name || !there.has(name));
    if (becomes.length === verdict.becomes.length) return verdict;
    return {
      ...verdict,
      becomes,
      why: becomes.length === 0 ? 'an earlier RUN installs its run-time library' : verdict.why,
    };
  });

/** True where the restated items write the path themselves, and what wrote there last is one of them. */
export const isRestated = ({ restated }: SystemPlan, { path, step, command }: WriteRecord): boolean =>
  restated.some(({ writes, folders }) =>
    writes.some((written) => (folders.includes(written) ? path === written : isWithin(path, written))),
  ) &&
  (command === null || restated.some((run) => run.step === step && runsAgain(run, command)));
