import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { buildFilesOf, lacksBuildFiles } from '../knowledge/build-files.ts';
import type { Instruction } from '../syntax/document.ts';
import { defaultLimits } from '../syntax/limits.ts';
import { parse } from '../syntax/parse.ts';
import { words } from '../syntax/words.ts';
import { readRegularFile } from './read-file.ts';

/**
 * The build context of a Dockerfile when nobody names one: what a compose or bake file on the way up to the repository's
 * root says, else the nearest folder in which every COPY and ADD source exists, else the Dockerfile's own folder. Of a
 * Dockerfile that copies its whole context, that is a folder with something that its build tools can build, where there is one;
 * null where such a tool would find nothing at all.
 */
export async function defaultContext(file: string, text: string): Promise<string | null> {
  const own = dirname(resolve(file));
  const upwards = foldersUp(own);
  const root = upwards.at(-1) ?? own;
  for (const folder of upwards) {
    const stated = await statedContext(folder, resolve(file), root);
    if (stated !== null) return shown(stated);
  }
  const instructions = parse(text).stages.flatMap((stage) => stage.instructions);
  const sources = copySources(instructions);
  const fits = (folder: string): boolean => sources.every((source) => existsSync(join(folder, source)));
  const copiesAll = sources.some((source) => /^(\.\/?)?$/.test(source));
  const fitting = upwards.length === 1 ? [own] : upwards.filter(fits);
  const runs = instructions.flatMap(({ keyword, rest }) => (keyword === 'RUN' ? [rest.text] : [])).join('\n');
  const isBuildFile = copiesAll ? buildFilesOf(runs) : null;
  const building =
    isBuildFile === null ? undefined : fitting.find((folder) => namesBelow(folder).names.some(isBuildFile));
  const found = building ?? fitting[0] ?? own;
  const isEmpty = copiesAll && namesBelow(found).whole && lacksBuildFiles(runs, namesBelow(found).names);
  return isEmpty ? null : shown(found);
}

/** Levels of folders that are looked into, and names in all of them. */
const LEVELS = 6;
const MOST = 2000;
/** Folders whose names are remembered: Dockerfiles of a repository share them. */
const KEPT = 32;
const SKIPPED = /^(\.git|node_modules|vendor|target)$/;

interface Names {
  readonly names: readonly string[];
  /** These are all; there is no folder that was not looked into. */
  readonly whole: boolean;
}

const below = new Map<string, Names>();

/** Names of the files in a folder and a few folders below. */
function namesBelow(folder: string): Names {
  const known = below.get(folder);
  if (known !== undefined) return known;
  const names: string[] = [];
  let left = MOST;
  let level = [folder];
  for (let depth = 0; depth < LEVELS && left > 0; depth++) {
    const deeper: string[] = [];
    for (const at of level) {
      const entries = entriesIn(at).slice(0, Math.max(left, 0));
      left -= entries.length;
      for (const entry of entries)
        if (entry.isDirectory()) deeper.push(...(SKIPPED.test(entry.name) ? [] : [join(at, entry.name)]));
        else names.push(entry.name);
    }
    level = deeper;
  }
  const found = { names, whole: left > 0 && level.length === 0 };
  if (below.size >= KEPT) below.clear();
  below.set(folder, found);
  return found;
}

const shown = (folder: string): string => relative('', folder).split('\\').join('/') || '.';

const above = new Map<string, readonly string[]>();

/** The folder and those above it up to the root of its repository; the folder alone outside of one. */
function foldersUp(folder: string): readonly string[] {
  const known = above.get(folder);
  if (known !== undefined) return known;
  const found: string[] = [];
  let at = folder;
  for (found.push(at); !existsSync(join(at, '.git')) && dirname(at) !== at; found.push(at)) at = dirname(at);
  const folders = existsSync(join(at, '.git')) ? found : [folder];
  above.set(folder, folders);
  return folders;
}

/** Plain sources of COPY and ADD from the context: no globs, variables, URLs or other stages. */
function copySources(instructions: readonly Instruction[]): string[] {
  return instructions
    .filter(({ keyword, flags }) => /^(COPY|ADD)$/.test(keyword) && !flags.some((flag) => flag.name === 'from'))
    .flatMap((instruction) => (instruction.exec ?? words(instruction.rest).map((word) => word.raw)).slice(0, -1))
    .filter((source) => !/[*?[$]|^<<|^["']|^\w+:\/\/|^git@/.test(source))
    .map((source) => source.replace(/^\/+/, ''))
    .filter((source) => !source.split('/').includes('..'));
}

const COMPOSE = /^(docker-)?compose[\w.-]*\.ya?ml$/;
const BAKE = /^docker-bake[\w.-]*\.json$/;

interface Build {
  readonly context?: unknown;
  readonly dockerfile?: unknown;
}

const stating = new Map<string, readonly string[]>();

/** The compose and bake files of a folder, which many Dockerfiles may share. */
function statingFiles(folder: string): readonly string[] {
  const known = stating.get(folder);
  if (known !== undefined) return known;
  const names = entriesIn(folder)
    .map(({ name }) => name)
    .sort()
    .filter((name) => COMPOSE.test(name) || BAKE.test(name));
  stating.set(folder, names);
  return names;
}

/** The context that a compose or bake file of the folder gives the Dockerfile; null where none names it. */
async function statedContext(folder: string, file: string, root: string): Promise<string | null> {
  for (const name of statingFiles(folder)) {
    for (const build of await buildsOf(join(folder, name))) {
      const stated = typeof build === 'string' ? { context: build } : build;
      const context = typeof stated.context === 'string' ? stated.context : '.';
      if (/\$|:\/\//.test(context)) continue;
      const path = resolve(folder, context);
      const dockerfile = typeof stated.dockerfile === 'string' ? stated.dockerfile : 'Dockerfile';
      if (resolve(path, dockerfile) === file && isFolderWithin(path, root)) return path;
    }
  }
  return null;
}

function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** A file that says what the context is does not open what lies outside of its repository. */
function isFolderWithin(path: string, root: string): boolean {
  try {
    const real = realpathSync(path);
    const [below] = relative(realpathSync(root), real).split(sep);
    return below !== '..' && !isAbsolute(relative(root, path)) && statSync(real).isDirectory();
  } catch {
    return false;
  }
}

async function buildsOf(path: string): Promise<(string | Build)[]> {
  try {
    const { parse: parseYaml } = await import('yaml');
    const read = readRegularFile(path, defaultLimits.contextFileBytes);
    if ('reason' in read) return [];
    const document = parseYaml(read.bytes.toString('utf8'), { logLevel: 'silent' }) as Record<string, unknown> | null;
    const { services, target } = document ?? {};
    const composed = Object.values((services ?? {}) as Record<string, { build?: string | Build } | null>).map(
      (service) => service?.build,
    );
    const baked = Object.values((target ?? {}) as Record<string, Build | null>);
    return [...composed, ...baked].filter((build) => build !== null && build !== undefined);
  } catch {
    return [];
  }
}
