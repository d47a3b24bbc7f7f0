import { Command, InvalidArgumentError, Option } from 'commander';
import type { SplitPlan } from '../analyze/plan.ts';
import type { FileReport } from '../report/file-report.ts';
import type { Flags } from './options.ts';

/** What the command line chose for the engine. */
export interface EngineFlags extends Pick<Flags, 'buildArg' | 'target' | 'quiet' | 'verbose'> {
  readonly engine?: 'docker' | 'podman' | 'buildah';
  readonly secret: readonly string[];
  readonly ssh: readonly string[];
  readonly platform?: string;
  readonly network?: string;
  readonly runNetwork?: string;
  /** --no-cache makes it false. */
  readonly cache: boolean;
  readonly pull?: true;
  readonly seconds: number;
  readonly timeLimit: number;
  readonly command?: string;
  readonly smoke?: string;
  readonly keep?: true;
  readonly log?: string;
}

/** The same for `dfsplit verify`, beside the choices of a split. */
export interface VerifyFlags extends EngineFlags, Omit<Flags, 'format' | keyof EngineFlags> {
  readonly format: 'table' | 'json' | 'markdown';
  readonly against?: string;
}

/** Asked before a file is written. */
export interface Checkpoint {
  readonly holds: (report: FileReport, plan: SplitPlan | null) => Promise<boolean>;
  /** Bytes of both images of the file that was asked about last. */
  readonly sizes: () => FileReport['sizes'];
  /** The exit status that the answers so far make. */
  readonly status: () => number;
  readonly close: () => Promise<void>;
}

const all = (value: string, before: readonly string[]): string[] => [...before, value];

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('Say a number of seconds.');
  return value;
}

/** Adds what is handed on to the engine and how the containers are watched. */
function addEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--engine <name>', 'docker, podman or buildah (default: the first that answers)').choices([
        'docker',
        'podman',
        'buildah',
      ]),
    )
    .option('--secret <spec>', 'handed on to the builds', all, [])
    .option('--ssh <spec>', 'handed on to the builds', all, [])
    .option('--platform <platform>', 'handed on to the builds')
    .option('--network <mode>', 'network of the builds')
    .option('--run-network <mode>', 'network of the containers')
    .option('--no-cache', 'build the original afresh')
    .option('--pull', 'look for newer base images')
    .option('--seconds <n>', 'how long the containers are watched', seconds, 5)
    .option('--time-limit <seconds>', 'how long a build may take', seconds, 1800)
    .option('--command <command>', 'a check run inside both containers, or beside them where they lack the program')
    .option('--smoke <file>', 'a script run on both images; it gets the image name as its argument')
    .option('--keep', 'keep the images')
    .option('--log <file>', 'the output of the engine goes there');
}

/** The same for `dfsplit --write --verify`, where its help need not be read by everybody. */
export function addCheckpointOptions(command: Command): Command {
  const engine = addEngineOptions(new Command());
  for (const option of engine.options) command.addOption(option.hideHelp());
  return command.option('--verify', 'with --write: write only what `verify` finds equal; takes its options');
}

/** The options of `dfsplit verify`. */
export function addVerifyOptions(command: Command): Command {
  return addEngineOptions(
    command
      .option('--against <file>', 'hold this file against the original, in place of the split that dfsplit makes')
      .addOption(
        new Option('-f, --format <format>', 'the report').choices(['table', 'json', 'markdown']).default('table'),
      )
      .option('--json', 'the same as --format json'),
  );
}
