import { openedByName } from '../knowledge/opened-by-name.ts';
import {
  isForBrowsers,
  isSource,
  isWord,
  mayBeScript,
  mayStartScripts,
  namedScripts,
  startsAny,
  startsPrograms,
} from '../knowledge/program-starts.ts';
import { type Asked, askedBy, mayAsk } from '../knowledge/source-asks.ts';
import type { Instruction } from '../syntax/document.ts';
import { literal } from '../syntax/glob.ts';
import { baseName, listedPath } from '../syntax/paths.ts';
import { isShellScript } from '../syntax/shell-name.ts';
import type { CopyFacts } from './copy.ts';
import type { Understanding } from './understand.ts';

const NOT_THE_APPLICATION = /^(node_modules|\.git|vendor|test|tests|__tests__|spec|docs)\/$/;
/** Names that are looked at, and folders within each other: what lies behind them is not known. */
const MOST_NAMES = 20_000;
const MOST_FOLDERS = 100;

/** A source, or a folder that may hold some, that cannot be read, and what copies it. */
export interface UnreadSource {
  readonly path: string;
  readonly instruction: Instruction;
}

interface Sources {
  /** Those that start programs at all. */
  readonly texts: readonly string[];
  readonly unread: UnreadSource | null;
  /** What they ask of the system. */
  readonly asked: ReadonlySet<Asked>;
  readonly scripts: readonly StartedScript[];
  /** Packages of the libraries and data that they open by their names. */
  readonly opened: ReadonlySet<string>;
}

/** A script of the shell that the application starts, and what copies it. */
export interface StartedScript {
  readonly path: string;
  readonly instruction: Instruction;
}

/** A call that starts a program, up to its first word. */
const CALL = '(?:spawn|exec|run|call|check|[pP]open|system|Command|which|cmd)\\w{0,20}\\s*\\(\\s*[[({]?';

/** Several rungs and packages ask of the same sources. */
const read = new WeakMap<Understanding, Sources>();

/** Those of the names that the application's own sources start, as far as they can be read. */
export function namedInSources(understanding: Understanding, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const spelled = (chosen: readonly string[]): string => chosen.map(literal).join('|') || '(?!)';
  const [plain, words] = [names.filter((name) => !isWord(name)), names.filter(isWord)].map((list) => spelled(list));
  const path = '(?:/(?:[\\w.-]+/)*)?';
  const pattern = new RegExp(
    `(?:(?:["'\`]|&&|[|;(]|(?:^|[[;{])\\s?exec\\s)\\s*${path}(${plain})|${CALL}\\s*["'\`]\\s*${path}(${words}))(?=["'\`\\s])`,
    'gm',
  );
  const found = sourcesOf(understanding).texts.flatMap((text) =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? match[2]),
  );
  return [...new Set(found as string[])].sort();
}

/** The first of the application's own sources that cannot be read, so that nobody knows what it starts. */
export const unreadSource = (understanding: Understanding): UnreadSource | null => sourcesOf(understanding).unread;

/** What the application's own sources ask of the system. */
export const askedOfSystem = (understanding: Understanding): ReadonlySet<Asked> => sourcesOf(understanding).asked;

/** Scripts of the shell that the application's own sources name. */
export const startedScripts = (understanding: Understanding): readonly StartedScript[] =>
  sourcesOf(understanding).scripts;

/** Packages of the libraries and data that the application's own sources open by their names when it runs. */
export const openedBySources = (understanding: Understanding): readonly string[] => [
  ...sourcesOf(understanding).opened,
];

function sourcesOf(understanding: Understanding): Sources {
  const known = read.get(understanding) ?? readSources(understanding);
  read.set(understanding, known);
  return known;
}

/** What is copied from a build context that nobody knows may be sources, or a folder of them: a name without an ending. */
const mayHoldUnknown = ({ from, mappings, unpacks, sources }: CopyFacts): boolean =>
  from === null &&
  mappings === null &&
  !unpacks &&
  sources.some((source) => source === null || isSource(source) || !/[^./]\.\w+$/.test(source));

function readSources({ document, files, image, steps }: Understanding): Sources {
  const texts: string[] = [];
  const seen = new Set<string>();
  let unread: UnreadSource | null = null;
  const asked = new Set<Asked>();
  const named = new Set<string>();
  const opened = new Set<string>();
  const candidates: StartedScript[] = [];
  const look = (path: string, instruction: Instruction): void => {
    const text = files.read(path);
    for (const what of text === null ? [] : askedBy(path, text)) asked.add(what);
    for (const name of text === null ? [] : openedByName(text)) opened.add(name);
    if (text !== null && startsAny(path, text)) for (const name of namedScripts(text)) named.add(name);
    if (!isSource(path)) return;
    if (text === null) {
      if (!isForBrowsers(path, image?.programs ?? [], document.text)) unread ??= { path, instruction };
    } else if (startsPrograms(path, text)) texts.push(text);
  };
  const visit = (folder: string, instruction: Instruction, depth: number): void => {
    const names = files.list(folder);
    if (names === null || depth > MOST_FOLDERS) unread ??= { path: folder, instruction };
    else
      for (const name of names ?? []) {
        const path = listedPath(folder, name);
        if (NOT_THE_APPLICATION.test(name) || seen.has(path)) continue;
        if (seen.size >= MOST_NAMES) {
          unread ??= { path: folder, instruction };
          return;
        }
        seen.add(path);
        if (name.endsWith('/')) visit(path, instruction, depth + 1);
        else if (mayBeScript(name)) candidates.push({ path, instruction });
        else if (mayStartScripts(name) || mayAsk(name)) look(path, instruction);
      }
  };
  for (const { copy, instruction } of steps) {
    if (copy !== null && mayHoldUnknown(copy)) unread ??= { path: copy.target ?? copy.sources.join(' '), instruction };
    for (const mapping of copy?.mappings ?? [])
      if (mapping.kind === 'folder') visit(mapping.path, instruction, 0);
      else if (!seen.has(mapping.path)) {
        seen.add(mapping.path);
        if (mayBeScript(baseName(mapping.path))) candidates.push({ path: mapping.path, instruction });
        else if (mayStartScripts(mapping.path) || mayAsk(mapping.path)) look(mapping.path, instruction);
      }
  }
  const scripts = candidates.filter(
    ({ path }) => named.has(baseName(path)) && isShellScript(path, files.read(path) ?? ''),
  );
  return { texts, unread, asked, scripts, opened };
}
