import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { allowedInMirrors } from '../../knowledge/images/mirrors.ts';
import type { OwnKnowledge } from '../../knowledge/own.ts';
import { imageName } from '../../syntax/paths.ts';
import { DEFAULT_IMAGES, type Flags } from '../options.ts';
import type { ConfigProblem } from '../read-config.ts';
import { usageError } from '../usage-error.ts';
import type { Config } from './schema.ts';

export const CONFIG_NAME = 'dfsplit.config.json';

/** What holds for one file: the configuration's choices, with those of the command line over them. */
export interface Settings {
  readonly flags: Flags;
  readonly own?: OwnKnowledge;
  /** The configuration leaves the file out. */
  readonly ignored: boolean;
  /** What is wrong with the configuration. */
  readonly problems?: readonly ConfigProblem[];
}

type Loaded = Awaited<ReturnType<typeof load>>;
const loaded = new Map<string, Promise<Loaded>>();
const found = new Map<string, string | null>();

/** Finds the configuration upwards from the file and puts the command line's choices over it. */
export async function settingsFor(file: string, flags: Flags): Promise<Settings> {
  if (flags.config !== undefined && !existsSync(flags.config))
    throw usageError(`--config ${flags.config}: there is no such file`);
  const path = flags.config ?? (file === '-' ? findUpwards(resolve('.')) : findUpwards(dirname(resolve(file))));
  if (path === null) return { flags, ignored: false };
  const reading = loaded.get(path) ?? load(path);
  loaded.set(path, reading);
  const result = await reading;
  if ('problems' in result) return { flags, ignored: false, problems: result.problems };
  return merged(result, slashes(relative(dirname(resolve(path)), resolve(file))), dirname(path), flags);
}

const slashes = (path: string): string => path.split(sep).join('/');

function findUpwards(folder: string): string | null {
  const known = found.get(folder);
  if (known !== undefined) return known;
  const own = join(folder, CONFIG_NAME);
  const above = dirname(folder);
  const path = existsSync(own) ? own : above === folder ? null : findUpwards(above);
  found.set(folder, path);
  return path;
}

async function load(path: string) {
  const { readConfig } = await import('../read-config.ts');
  const shown = slashes(relative('', path)) || path;
  const result = readConfig(shown);
  if ('problems' in result) return result;
  const overrides = result.config.overrides ?? [];
  const { default: picomatch } = await import('picomatch');
  const matches = overrides.map(({ files }) =>
    picomatch(
      files.map((glob) => (glob.includes('/') ? glob : `**/${glob}`)),
      { dot: true },
    ),
  );
  return { config: result.config, matches };
}

type Choices = Omit<NonNullable<Config['overrides']>[number], 'files'>;

function merged(
  { config, matches }: Exclude<Loaded, { problems: unknown }>,
  file: string,
  folder: string,
  flags: Flags,
): Settings {
  const fitting = (config.overrides ?? []).filter((_, index) => matches[index]?.(file));
  const choices: Choices = Object.assign({}, config, ...fitting);
  const { mirrors = {}, knowledge } = config;
  const own: OwnKnowledge = {
    images: (knowledge?.images ?? []) as OwnKnowledge['images'],
    commands: knowledge?.commands ?? [],
    packages: knowledge?.packages ?? [],
    mirrors,
  };
  const { context, target, runtime, stageName, runtimeName, assume } = choices;
  const allowed = allowedInMirrors(flags.allowImages ?? choices.allowImages ?? DEFAULT_IMAGES, mirrors);
  const stated = own.images.flatMap(({ smaller }) => smaller.map(imageName));
  return {
    own,
    ignored: choices.ignore === true,
    flags: {
      ...(context === undefined ? {} : { context: join(folder, context) }),
      ...(target === undefined ? {} : { target }),
      ...(runtime === undefined ? {} : { runtime }),
      ...(stageName === undefined ? {} : { stageName }),
      ...(runtimeName === undefined ? {} : { runtimeName }),
      ...(choices.renameOnly ? { renameOnly: true } : {}),
      ...(assume === undefined ? {} : { assume: assume === 'all' ? 'all' : assume.join(',') }),
      ...flags,
      allowImages: [...allowed, ...stated],
      buildArg: { ...choices.buildArgs, ...flags.buildArg },
    },
  };
}
