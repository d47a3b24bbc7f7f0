import { isOwnEntry } from '../knowledge/own.ts';
import type { Placement, Reason, StepReport } from '../outcome.ts';
import type { Span } from '../syntax/document.ts';
import { lineCounter } from '../syntax/lines.ts';
import type { CarryPlan } from './carry.ts';
import { authorReason } from './directives.ts';
import type { PackageVerdict } from './package-verdicts.ts';
import type { CommandFacts } from './shell-world.ts';
import type { SystemPlan } from './system.ts';
import { itemOf, type Step, type Understanding } from './understand.ts';

/** What was decided, as far as it got. */
export interface Decided {
  readonly placements: readonly Placement[];
  readonly system: SystemPlan;
  readonly carry: CarryPlan;
  readonly until: number;
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What the caller's own configuration says is stated, what dfsplit says is known. */
const certaintyOf = (entry: string): Reason['certainty'] => (isOwnEntry(entry) ? 'stated' : 'known');

/** The evidence of one command in words. */
function commandReasons(command: CommandFacts): Reason[] {
  const found: Reason[] = [];
  const says = (rule: string, text: string, certainty: Reason['certainty'] = certaintyOf(command.entry)): number =>
    found.push({ rule, entry: command.entry, certainty, says: text });
  for (const effect of command.effects) {
    switch (effect.kind) {
      case 'artifact':
        says('compiles-artifact', `makes ${effect.path}`);
        break;
      case 'program-folder':
        says('compiles-artifact', `makes a program in ${effect.path}`);
        break;
      case 'dependencies':
        says('installs-dependencies', `puts dependencies into ${effect.path}`);
        break;
      case 'among-own':
        says('installs-dependencies', `puts programs among the image's own in ${effect.path}`);
        break;
      case 'builds-in-place':
        says('builds-in-place', `writes below ${effect.folder}`);
        break;
      case 'toolchain':
        says('installs-toolchain', `sets up a toolchain in ${effect.path}`);
        break;
      case 'checks':
        says('checks', 'only looks or tests');
        break;
      case 'installs':
        says('installs-packages', `installs ${effect.packages.map((pack) => pack.name).join(', ')}`);
        break;
      case 'accounts':
        says('changes-accounts', 'changes the accounts of the image');
        break;
      case 'runtime-state':
        says('runtime-state', `changes ${effect.what}`);
        break;
      case 'restate':
        says('runtime-state', effect.why);
        break;
      case 'writes':
      case 'makes-folder':
        says('writes-file', `writes ${effect.path}`);
        break;
      case 'copies':
      case 'moves':
        says('writes-file', `${effect.kind} ${effect.from} to ${effect.to}`);
        break;
      case 'links':
        says('writes-file', `links ${effect.path} to ${effect.target}`);
        break;
      case 'deletes':
        says('deletes-file', `deletes ${effect.path}`);
        break;
      case 'thins':
        says('deletes-file', `deletes some of what lies below ${effect.path}`);
        break;
      case 'owns':
        says('sets-owner', `sets ${effect.owner === null ? 'the mode' : 'the owner'} of ${effect.path}`);
        break;
      case 'updates-index':
        says('package-index', 'fetches the list of packages');
        break;
      case 'cleans-cache':
        says('package-index', 'tidies up behind the package manager');
        break;
      case 'assumes':
        says('assumed', 'is assumed to write only where it runs', 'assumed');
        break;
      case 'needs-image':
        says('needs-libraries', effect.because);
        break;
      case 'native-code':
        says('native-code', `${effect.what} has native code that cannot be read`, 'assumed');
        break;
      case 'unknown':
        says('unknown', effect.why, 'assumed');
        break;
      default:
        break;
    }
  }
  return found.length > 0
    ? found
    : [
        {
          rule: 'changes-nothing',
          entry: command.entry,
          certainty: certaintyOf(command.entry),
          says: command.ecosystem === null ? 'leaves nothing that stays' : command.says,
        },
      ];
}

const CONFIGURATION: Readonly<Record<string, string>> = {
  ENV: 'the container has this variable',
  ARG: 'is a value for the steps behind it',
  WORKDIR: 'the container starts in this folder',
  USER: 'the container runs as this user',
  SHELL: 'later steps run in this shell',
};

function instructionReasons(step: Step, placement: Placement): Reason[] {
  const { keyword } = step.instruction;
  if (keyword === 'COPY' || keyword === 'ADD') {
    const says = placement === 'runtime' ? 'stands behind the last build step' : 'the build reads what it copies';
    return [{ rule: 'copies-context', entry: `instructions#${keyword.toLowerCase()}`, certainty: 'stated', says }];
  }
  return [
    {
      rule: 'configuration',
      entry: `instructions#${keyword.toLowerCase()}`,
      certainty: 'stated',
      says: CONFIGURATION[keyword] ?? 'is configuration of the container',
    },
  ];
}

/** What would have to be known for a package to leave the runtime stage. */
const whatWouldFree = ({ name, becomes }: PackageVerdict): string =>
  becomes.includes(name)
    ? 'goes once sources and scripts show that nothing starts or links it'
    : `${becomes.length === 1 ? 'goes' : 'go'} once what is built is known not to link ${becomes.length === 1 ? 'it' : 'them'}: link statically, or show its sources`;

/** Every step with its placement and the evidence; without a decision each step stays where it is. */
export function stepReports({ steps, document }: Understanding, decided: Decided | null): StepReport[] {
  const lineOf = lineCounter(document.text);
  const linesOf = ({ start, end }: Span): StepReport['lines'] => [lineOf(start), lineOf(Math.max(start, end - 1))];
  return steps.flatMap((step): StepReport[] => {
    const { word } = step;
    const said = word === undefined ? [] : [authorReason(word)];
    // What a step leaves that the author keeps stands in both stages.
    const shown = (placed: Placement): Placement => (word?.kind === 'keep' && placed === 'build' ? 'both' : placed);
    const placement = shown(decided?.placements[step.index] ?? 'runtime');
    const line = step.instruction.line;
    if (step.commands.length === 0)
      return [
        {
          line,
          lines: linesOf(step.instruction.span),
          text: squeeze(`${step.instruction.keyword} ${step.instruction.rest.text}`).slice(0, 200),
          placement,
          because: [...said, ...instructionReasons(step, placement)],
        },
      ];
    const restated = decided?.system.restated.find((run) => run.step === step);
    return step.commands.map((command): StepReport => {
      const own: Placement =
        restated === undefined
          ? placement
          : restated.items === null || restated.items.includes(itemOf(step, command))
            ? 'both'
            : shown('build');
      const packages =
        restated?.packages.filter((verdict) => command.words.includes(verdict.word)) ??
        decided?.system.dropped.filter((verdict) => command.words.includes(verdict.word)) ??
        [];
      const verdicts = packages.map(
        (verdict): Reason => ({
          rule: verdict.becomes.length === 0 ? 'build-package' : 'runtime-package',
          entry: verdict.entry,
          certainty: certaintyOf(verdict.entry),
          says:
            verdict.becomes.length === 0
              ? `${verdict.name} goes: ${verdict.why}`
              : verdict.becomes.includes(verdict.name)
                ? `${verdict.name} stays: ${verdict.why}`
                : `${verdict.name} becomes ${verdict.becomes.join(', ')}: ${verdict.why}`,
          ...(verdict.becomes.length === 0 ? {} : { unless: whatWouldFree(verdict) }),
        }),
      );
      return {
        line,
        lines: linesOf(command.span),
        text: squeeze(command.argv.map((word) => word ?? '…').join(' ')).slice(0, 200),
        placement: own,
        because: [...said, ...commandReasons(command), ...verdicts],
      };
    });
  });
}
