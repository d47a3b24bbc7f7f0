import { type Command, InvalidArgumentError, Option } from 'commander';
import type { OwnKnowledge } from '../knowledge/own.ts';
import { defaultOptions, type SplitOptions } from '../outcome.ts';
import { type DocumentFormat, documents } from '../report/documents.ts';
import { defaultLimits, type Limits } from '../syntax/limits.ts';
import { meantRuntime, wrongAssumption } from './choices.ts';

/** What the command line chose. */
export interface Flags {
  readonly write?: true;
  /** With --write: ask an engine first. */
  readonly verify?: true;
  /** `all`, or codes with commas. */
  readonly assume?: string;
  readonly check?: true;
  readonly context?: string;
  readonly target?: string;
  readonly runtime?: string;
  readonly allowImages?: readonly string[];
  readonly stageName?: string;
  readonly runtimeName?: string;
  readonly renameOnly?: true;
  readonly guard?: true;
  readonly format: 'diff' | 'ndjson' | DocumentFormat;
  readonly json?: true;
  readonly output?: string;
  readonly patch?: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly shard?: { readonly index: number; readonly count: number };
  readonly strict?: true;
  readonly buildArg: Readonly<Record<string, string>>;
  readonly limit: Partial<Limits>;
  readonly backup?: true;
  readonly requireClean?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly color?: boolean;
  readonly config?: string;
  readonly filesFrom?: string;
  readonly jobs?: number;
}

/** What a runtime stage may stand on when nobody says otherwise. */
export const DEFAULT_IMAGES = defaultOptions.allowImages;
const list = (text: string): string[] => text.split(',').filter((part) => part !== '');

function stageName(name: string): string {
  if (!/^[a-z][a-z0-9._-]*$/.test(name) || name === 'scratch' || name === 'context')
    throw new InvalidArgumentError('A stage name is lower case, starts with a letter, and is not scratch or context.');
  return name;
}

function runtime(text: string): string {
  const meant = meantRuntime(text);
  if (meant !== null) throw new InvalidArgumentError(`Did you mean ${meant}?`);
  return text;
}

function shard(text: string): { index: number; count: number } {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (Number(index) < 1 || !(Number(index) <= Number(count)))
    throw new InvalidArgumentError('Say which part of how many: 2/5.');
  return { index: Number(index), count: Number(count) };
}

/** How many to do at a time. */
function jobs(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 256) throw new InvalidArgumentError('Say how many, from 1 on.');
  return count;
}

function buildArg(text: string, all: Readonly<Record<string, string>>): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Say NAME=VALUE.');
  return { ...all, [text.slice(0, equals)]: text.slice(equals + 1) };
}

/** Codes of assumptions with commas, or `all`. */
export function assumed(text: string): string {
  if (text.trim().toLowerCase() === 'all') return 'all';
  const codes = list(text).map((code) => code.trim().toUpperCase());
  for (const code of codes) {
    const wrong = wrongAssumption(code);
    if (wrong !== null) throw new InvalidArgumentError(`Say all, or codes with commas: ${wrong}.`);
  }
  return codes.join(',');
}

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const LIMITS = new Map(Object.keys(defaultLimits).map((name) => [dashed(name), name as keyof Limits]));

function limit(text: string, all: Partial<Limits>): Partial<Limits> {
  const [name, number] = text.split('=');
  const key = LIMITS.get(name ?? '');
  if (key === undefined || !/^\d{1,15}$/.test(number ?? ''))
    throw new InvalidArgumentError(`Say NAME=NUMBER, where NAME is ${[...LIMITS.keys()].join(', ')}.`);
  return { ...all, [key]: Number(number) };
}

/** Adds the options that choose how a file is split and read. */
export function addSplitOptions(command: Command): Command {
  return command
    .option('--context <dir>', 'the build context (default: what compose or bake says, else found from COPY)')
    .option('--target <stage>', 'the stage to split in a file of several (default: the last)')
    .option('--runtime <choice>', 'auto, same, slim, distroless, scratch, or an image (default: auto)', runtime)
    .option('--allow-images <patterns>', `images a runtime stage may use (default: ${DEFAULT_IMAGES.join(',')})`, list)
    .option('--stage-name <name>', 'name of the build stage (default: build)', stageName)
    .option('--runtime-name <name>', 'names the last stage too', stageName)
    .option('--guard', 'let the split check itself: its build fails where a program lacks a library')
    .option('--rename-only', 'only turn index references (COPY --from=0) into names')
    .option('--include <glob>', 'in folders, take only these files', (glob, all: string[]) => [...all, glob], [])
    .option('--exclude <glob>', 'in folders, leave these files out', (glob, all: string[]) => [...all, glob], [])
    .option('--config <file>', 'the configuration (default: dfsplit.config.json, found upwards from each file)')
    .option('--files-from <file>', 'a list of paths, one a line; - is standard input')
    .option('-j, --jobs <n>', 'parallel work (default: the processors, for many files)', jobs)
    .option('--shard <i/n>', 'take the i-th of n even parts of the files', shard)
    .option('--build-arg <name=value>', 'value of an ARG that has no default', buildArg, {})
    .option('--limit <name=number>', 'take on more or less than usual: README.md lists the limits', limit, {})
    .option('--strict', 'exit 3 if a file was refused')
    .option('-o, --output <file>', 'the report goes there')
    .option('-q, --quiet', 'print problems only')
    .option('-v, --verbose', 'print notes too')
    .option('--no-color', 'plain text; a pipe and NO_COLOR do the same');
}

/** The formats of a report. */
export function formatOption(): Option {
  return new Option('-f, --format <format>', 'the report')
    .choices(['diff', 'ndjson', ...Object.keys(documents)])
    .default('diff');
}

/** The formats of one report over everything. */
export function documentOption(): Option {
  return new Option('-f, --format <format>', 'the report').choices(Object.keys(documents)).default('markdown');
}

/** The choices that the pipeline knows, and the images of the file itself. */
export function splitOptions(flags: Flags, fileImages: readonly string[], own?: OwnKnowledge): SplitOptions {
  return {
    target: flags.target ?? null,
    runtime: flags.runtime ?? 'auto',
    allowImages: [...(flags.allowImages ?? DEFAULT_IMAGES), ...fileImages],
    stageName: flags.stageName ?? 'build',
    runtimeName: flags.runtimeName ?? null,
    renameOnly: flags.renameOnly === true,
    guard: flags.guard === true,
    buildArgs: flags.buildArg,
    ...(own === undefined ? {} : { own }),
    limits: flags.limit,
  };
}
