import type { PackageManager } from '../knowledge/command.ts';
import { baseName } from '../syntax/paths.ts';
import type { Restated } from './restated.ts';
import type { CommandFacts } from './shell-world.ts';
import { isUpgrade, isUpkeep } from './system-commands.ts';
import type { Tangle } from './tangle.ts';
import { itemOf, type Step } from './understand.ts';
import type { WordEdit } from './word-edits.ts';

const updatesIndex = (command: CommandFacts): boolean =>
  command.effects.some((effect) => effect.kind === 'updates-index');
/** Packages by their names, or by a file whose dependencies are looked up as well, or newer ones of those there are. */
const installsBy = (command: CommandFacts, manager: PackageManager): boolean =>
  command.effects.some(
    (effect) =>
      (effect.kind === 'installs' && effect.manager === manager) ||
      (effect.kind === 'runtime-state' &&
        (effect.foreign === true || isUpgrade(command)) &&
        baseName(command.argv[0] ?? '').split('-')[0] === manager),
  );
/** `apk add -U` fetches the index before it installs, and leaves it there: https://man.archlinux.org/man/apk.8 */
const fetchesIndex = (command: CommandFacts): boolean =>
  installsBy(command, 'apk') && command.argv.some((word) => /^(-[A-TV-Za-z]*U\w*|--update(-cache)?)$/.test(word ?? ''));
/** `--no-cache` does so too, and leaves nothing. */
const needsNoIndex = (command: CommandFacts): boolean => fetchesIndex(command) || command.argv.includes('--no-cache');
/** Neither installs without an index, which official images do not bring along. */
const needsIndex = (commands: readonly CommandFacts[]): boolean =>
  !commands.some(updatesIndex) &&
  commands.some(
    (command) =>
      installsBy(command, 'apt') ||
      (installsBy(command, 'apk') && !needsNoIndex(command) && !commands.some(fetchesIndex)),
  );

/** It installs without a question: https://manpages.debian.org/bookworm/apt/apt-get.8.en.html */
const assumesYes = ({ argv }: CommandFacts): boolean =>
  argv.some((word) => {
    if (word === null) return false;
    return (/^-\w+$/.test(word) && /y|qq/.test(word)) || /^--(yes|assume-yes|force-yes)$|assume-yes/i.test(word);
  });

/** Something answers in place of the words of an install: `yes | apt-get install git`. */
const isAnswered = (text: string): boolean =>
  text.split(/&&|;/).some((part) => part.includes('|') && /\b(echo|printf|yes)\b/.test(part));
/** Settings of apt that do. */
const SETTINGS = /assume-yes|apt\.conf/i;

/** It fetches the index, adds sources by a script that does so, or may do either. */
const mayIndex = ({ effects }: CommandFacts): boolean =>
  effects.some(({ kind }) => kind === 'updates-index' || kind === 'restate' || kind === 'unknown');

/** What an install of apt lacks that does nothing on an image that has all its packages, and fails on another one. */
function lackOf(
  command: CommandFacts,
  { instruction: { span } }: Step,
  text: string,
  indexed: boolean,
): { readonly index: boolean; readonly yes: boolean } | null {
  if (!installsBy(command, 'apt') || !/^apt(-get)?$/.test(command.argv[0] ?? '')) return null;
  const yes = assumesYes(command) || SETTINGS.test(text) || isAnswered(text.slice(span.start, span.end));
  return indexed && yes ? null : { index: !indexed, yes: !yes };
}

/** A package that a later step installs only where it is there already; null where there is none. */
export function reliesOnImage(restated: readonly Restated[], later: readonly Step[], text: string): string | null {
  let indexed = restated.some((run) => commandsOf(run).some((one) => mayIndex(one) || installsBy(one, 'apt')));
  for (const step of later)
    for (const command of step.commands) {
      indexed ||= mayIndex(command);
      if (lackOf(command, step, text, indexed) === null) continue;
      for (const effect of command.effects) if (effect.kind === 'installs') return effect.packages[0]?.name ?? null;
    }
  return null;
}

/** An install that another image answers with questions, or knows no package of, is told not to ask, and fetches the index. */
export function onOtherImage(restated: readonly Restated[], text: string): Restated[] {
  let indexed = false;
  return restated.map((run) => {
    const edits: WordEdit[] = [];
    for (const command of commandsOf(run)) {
      indexed ||= mayIndex(command);
      const lack = lackOf(command, run.step, text, indexed);
      const verb = command.words[command.argv.indexOf('install')];
      if (lack === null || verb === undefined) continue;
      const at = (offset: number): WordEdit['span'] => ({ start: offset, end: offset });
      if (lack.index) edits.push({ span: at(command.span.start), text: `${command.argv[0]} update && ` });
      if (lack.yes) edits.push({ span: at(verb.end), text: ' -y' });
      indexed = true;
    }
    if (edits.length === 0) return run;
    const items = run.items ?? run.step.items?.map((_, index) => index) ?? null;
    return { ...run, items, edits: [...run.edits, ...edits] };
  });
}

/** The commands of a RUN that run again. */
export const commandsOf = ({ step, items }: Restated): readonly CommandFacts[] =>
  step.commands.filter((command) => items === null || items.includes(itemOf(step, command)));

/** Installs that stay as they are, from an index that an install fetched which does not run again. */
export function withoutIndex(restated: readonly Restated[], steps: readonly Step[], later: readonly Step[]): Tangle[] {
  const hasIndex = (commands: readonly CommandFacts[]): boolean =>
    commands.some((command) => updatesIndex(command) || fetchesIndex(command));
  if (!steps.some(({ commands }) => hasIndex(commands))) return [];
  if (restated.some((run) => hasIndex(commandsOf(run))) || later.some(({ commands }) => hasIndex(commands))) return [];
  return later
    .flatMap(({ commands }) => commands)
    .filter((command) => installsBy(command, 'apk') && !needsNoIndex(command))
    .map((command) => ({ command, why: 'index' }));
}

/** An install without an update of its own, again here or in a later step, relies on that of an earlier RUN. */
export function withIndexUpdates(
  restated: readonly Restated[],
  steps: readonly Step[],
  later: readonly Step[],
): Restated[] {
  const all = new Map(restated.map((run) => [run.step, run]));
  const needing = [
    ...restated.map((run) => ({ index: run.step.index, commands: commandsOf(run) })),
    ...later.map(({ index, commands }) => ({ index, commands })),
  ];
  for (const { index, commands } of needing) {
    if (!needsIndex(commands)) continue;
    const earlier = [...steps, ...later].findLast((step) => step.index < index && step.commands.some(updatesIndex));
    if (earlier === undefined || later.includes(earlier)) continue;
    const known = all.get(earlier);
    if (known !== undefined && commandsOf(known).some(updatesIndex)) continue;
    const whole = known === undefined && earlier.commands.every(isUpkeep);
    const items = earlier.commands.filter(updatesIndex).map((command) => itemOf(earlier, command));
    if (!whole && items.some((item) => item < 0)) continue;
    const base = known ?? { step: earlier, edits: [], packages: [], writes: [], folders: [], before: [] };
    const joined = [...new Set([...(known?.items ?? []), ...items])].sort((a, b) => a - b);
    all.set(earlier, { ...base, items: whole ? null : joined });
  }
  return withOwnIndex(
    [...all.values()].sort((a, b) => a.step.index - b.step.index),
    steps,
  );
}

/** An install that relied on the index which another one fetched, and that one does not run again, fetches it itself. */
function withOwnIndex(restated: readonly Restated[], steps: readonly Step[]): Restated[] {
  if (!steps.some(({ commands }) => commands.some(fetchesIndex))) return [...restated];
  let indexed = false;
  return restated.map((run) => {
    const edits: WordEdit[] = [];
    for (const command of commandsOf(run)) {
      const verb = command.words[command.argv.indexOf('add')];
      indexed ||= updatesIndex(command) || fetchesIndex(command);
      if (installsBy(command, 'apk') && !indexed && !needsNoIndex(command) && verb !== undefined)
        edits.push({ span: verb, text: 'add --no-cache' });
    }
    if (edits.length === 0) return run;
    const items = run.items ?? run.step.items?.map((_, index) => index) ?? null;
    return { ...run, items, edits: [...run.edits, ...edits] };
  });
}
