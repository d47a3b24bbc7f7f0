/**
 * Counts the packages that the Dockerfiles of a folder install and the commands that they run, and prints those that
 * nothing is known of, by frequency: what to learn next.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandFacts } from '../analyze/shell-world.ts';
import { type Understanding, understand } from '../analyze/understand.ts';
import { distributionOf, packageFacts } from '../knowledge/packages.ts';
import type { SplitOptions } from '../outcome.ts';
import { parse } from '../syntax/parse.ts';

const OPTIONS: SplitOptions = {
  target: null,
  runtime: 'auto',
  allowImages: [],
  stageName: 'build',
  runtimeName: null,
  renameOnly: false,
  buildArgs: {},
};
/** What the shell does by itself is no command that anybody has to know. */
const SHELL = /^commands\/shell/;
const UNKNOWN = 'commands/*';

/** Occurrences by name: known ones, and unknown ones with how often each stands there. */
export interface Tally {
  readonly known: number;
  readonly unknown: ReadonlyMap<string, number>;
}

export interface Coverage {
  readonly packages: Tally;
  /** Development packages among the known ones whose run-time libraries nobody can tell, for the image's release is not known. */
  readonly unreleased: number;
  /** A command is known when its entry says what it does in general. */
  readonly commands: Tally;
  /** Known commands of which an argument, or the folder, is not; by the reason. */
  readonly unread: ReadonlyMap<string, number>;
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** A program of the project or of an image nobody knows: no list of commands can have it. */
const isOwnFile = (name: string): boolean => name.includes('/') && !/^\/(usr\/(local\/)?)?s?bin\//.test(name);

/** Counts over the texts of some Dockerfiles. */
export function measure(texts: readonly string[]): Coverage {
  const packages = { known: 0, unknown: new Map<string, number>() };
  const commands = { known: 0, unknown: new Map<string, number>() };
  const unread = new Map<string, number>();
  let unreleased = 0;
  const count = (command: CommandFacts, { image }: Understanding): void => {
    const name = command.argv[0];
    for (const effect of command.effects) {
      if (effect.kind !== 'installs') continue;
      for (const one of effect.packages) {
        const distribution = distributionOf(effect.manager, image?.distribution ?? null);
        const { purpose, role, runtime } = packageFacts(distribution, image?.release ?? null, one.name);
        if (role === 'development-library' && purpose !== null && runtime === null) unreleased++;
        if (purpose !== null) packages.known++;
        else add(packages.unknown, `${distribution} ${one.name}`);
      }
    }
    if (name == null || name === '|' || SHELL.test(command.entry) || isOwnFile(name)) return;
    const why = command.effects.find((effect) => effect.kind === 'unknown');
    if (command.entry === UNKNOWN) return add(commands.unknown, name);
    commands.known++;
    if (why?.kind === 'unknown') add(unread, `${name}: ${why.why}`);
  };
  for (const text of texts) {
    const document = parse(text);
    if (document.problems.length > 0) continue;
    for (const stage of document.stages) {
      const understanding = understand(document, stage, OPTIONS, null);
      for (const { commands } of understanding.steps) for (const command of commands) count(command, understanding);
    }
  }
  return { packages, unreleased, commands, unread };
}

/** The share of what is known, and the rest by frequency. */
export function report({ packages, unreleased, commands, unread }: Coverage, most: number): string {
  const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);
  const list = (counts: ReadonlyMap<string, number>): string =>
    [...counts]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([name, number]) => `${String(number).padStart(6)} ${name}\n`)
      .join('');
  const share = (what: string, { known, unknown }: Tally): string => {
    const all = known + sum(unknown);
    return `${what}: ${known} of ${all} known (${((100 * known) / Math.max(1, all)).toFixed(1)} %)\n`;
  };
  return [
    share('packages', packages),
    `known development packages on images of an unknown release: ${unreleased}\n`,
    list(packages.unknown),
    share('commands', commands),
    list(commands.unknown),
    `known commands that cannot be read whole: ${sum(unread)}\n`,
    list(unread),
  ].join('');
}

/** The Dockerfiles of a folder, its own and those below it. */
function dockerfiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== '.git')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return dockerfiles(path);
      return /(^|\.)(Dockerfile|Containerfile)(\.|$)/i.test(entry.name) ? [path] : [];
    });
}

export function main(argv: readonly string[]): number {
  const folder = argv.find((word) => !word.startsWith('-'));
  const most = Number(argv.find((word) => word.startsWith('--most='))?.slice('--most='.length) ?? 40);
  if (folder === undefined || !existsSync(folder) || !statSync(folder).isDirectory()) {
    process.stderr.write('usage: npm run coverage FOLDER [-- --most=N]\n');
    return 2;
  }
  process.stdout.write(report(measure(dockerfiles(folder).map((path) => readFileSync(path, 'utf8'))), most));
  return 0;
}
