import { type BuildEffect, type Ecosystem, type ImageFiles, OPEN } from '../knowledge/ecosystem.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import type { OwnKnowledge } from '../knowledge/own.ts';
import { sequence } from '../knowledge/sequence.ts';
import type { Span } from '../syntax/document.ts';
import { baseName, parentFolder, resolvePath } from '../syntax/paths.ts';
import type { ShellNode, ShellRedirect, ShellScript, ShellWord } from '../syntax/shell.ts';
import { wordValue } from '../syntax/shell-value.ts';
import { parallelJobs } from './parallel-jobs.ts';
import { openFolder, writtenBelow } from './unknown-place.ts';

/** One command of a RUN with what the knowledge says of it. */
export interface CommandFacts {
  /** In the original text. */
  readonly span: Span;
  readonly argv: readonly (string | null)[];
  /** The words of `argv` in the original text. */
  readonly words: readonly Span[];
  readonly cwd: string | null;
  /** The account that it runs as. */
  readonly user: string;
  /** It always runs; false below `||`, `if`, loops. */
  readonly certain: boolean;
  readonly effects: readonly BuildEffect[];
  /** The knowledge entry. */
  readonly entry: string;
  readonly says: string;
  readonly ecosystem: Ecosystem | null;
  /** Files that hold the script it stands in, the innermost first; none where the RUN spells it. */
  readonly scripts: readonly string[];
  /** The commands of `$(…)` in its words. What they do beside printing is among its effects. */
  readonly substituted: readonly CommandFacts[];
}

/** What the walk needs of its surroundings. */
export interface ShellWorld {
  readonly lookup: (name: string) => string | null | undefined;
  /** It is a build argument with the default of the file, which a build may give another value. */
  readonly isArgument: (name: string) => boolean;
  readonly cwd: string | null;
  readonly home: string;
  readonly user: string;
  readonly image: ImageFacts | null;
  /** The shell expands `{a,b}`; null where that is not known. */
  readonly braces: boolean | null;
  readonly files: ImageFiles;
  /** What the caller knows of commands of their own. */
  readonly own: OwnKnowledge | undefined;
  readonly memory: Map<string, string>;
  /** How many commands of the stage may still be read: scripts, loops and functions that call each other multiply. */
  readonly budget: { left: number };
  /** From an offset of the script to the original text. */
  readonly at: (offset: number) => number;
}

/**
 * Whether a shell expands `{a,b}`, which is none of POSIX's: Debian's and Alpine's `sh` do not, Red Hat's is Bash.
 * https://www.gnu.org/software/bash/manual/html_node/Brace-Expansion.html, https://manpages.debian.org/dash
 */
export function expandsBraces(shell: string, image: ImageFacts | null): boolean | null {
  const name = baseName(shell);
  if (/^(bash|ksh)$/.test(name)) return true;
  if (/^(ash|dash)$/.test(name)) return false;
  return name !== 'sh' || image === null || image.distribution === null ? null : image.distribution === 'redhat';
}

/** What changes while a script is walked. */
export interface Scope {
  cwd: string | null;
  /** `exit` or `return` was reached. */
  ended: boolean;
  readonly variables: Map<string, string | null>;
  /** The folder of the path that each assignment of a variable gives it; null where they give several, or none that is known. */
  readonly places: Map<string, string | null>;
  readonly functions: Map<string, ShellNode>;
  /** What `umask` was set to, octal. */
  umask: string | null;
  /** A script that is not read has run in this shell: what is set nowhere here it may have set. */
  foreign: boolean;
  /** Where `popd` leads. */
  readonly folders: (string | null)[];
  readonly certain: boolean;
  readonly depth: number;
  /** How often the loops around it run. */
  repeats: number;
  /** Parts whose failure is the failure of the whole RUN: an image is made only where they succeed. */
  readonly required: ReadonlySet<ShellNode>;
}

/** The scope at the start of a script. */
export const firstScope = (cwd: string | null, required: ReadonlySet<ShellNode>): Scope => ({
  cwd,
  ended: false,
  variables: new Map(),
  places: new Map(),
  functions: new Map(),
  umask: null,
  foreign: false,
  folders: [],
  certain: true,
  depth: 0,
  repeats: 1,
  required,
});

/** A scope that starts as this one and changes by itself: a subshell, or a branch that may not be taken. */
export const branch = (scope: Scope): Scope => ({
  ...scope,
  variables: new Map(scope.variables),
  functions: new Map(scope.functions),
  folders: [...scope.folders],
});

/** The scope behind branches of which one was taken: what they leave differently is not known. */
export function join(scope: Scope, branches: readonly Scope[]): void {
  const open = branches.filter((one) => !one.ended);
  const [first, ...others] = open;
  if (first === undefined) {
    scope.ended = branches.length > 0;
    return;
  }
  for (const name of new Set(open.flatMap(({ variables }) => [...variables.keys()]))) {
    const values = open.map(({ variables }) => variables.get(name));
    scope.variables.set(name, values.every((one) => one === values[0]) ? (values[0] ?? null) : null);
  }
  for (const { functions } of open) for (const [name, body] of functions) scope.functions.set(name, body);
  scope.foreign = open.some(({ foreign }) => foreign);
  scope.cwd = others.every(({ cwd }) => cwd === first.cwd) ? first.cwd : null;
}

/** Walks a node of a script and adds its commands; handed down, so that a call can read the script that it runs. */
export type Walk = (node: ShellNode, world: ShellWorld, scope: Scope, found: CommandFacts[]) => void;

/** The value of a word; null where it is not known. */
export function value(word: ShellWord, world: ShellWorld, scope: Scope): string | null {
  const jobs = parallelJobs(word.raw);
  if (jobs !== null) return jobs;
  const text = wordValue(
    word,
    (name) =>
      scope.variables.has(name)
        ? scope.variables.get(name)
        : name === 'PWD'
          ? scope.cwd
          : name === 'HOME'
            ? world.home
            : given(name, world, scope),
    (script) => printed(script, world, scope),
  );
  // https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_06_01
  const [tilde, user] = /^~([\w-]*)(?=\/|$)/.exec(word.raw) ?? [];
  if (tilde === undefined || text === null) return text;
  const home = user === '' ? world.home : user === 'root' ? '/root' : null;
  return home === null ? null : home + text.slice(tilde.length);
}

/** A variable that no command here sets; null where a script may have that is not read. */
export const given = (name: string, world: ShellWorld, scope: Scope): string | null | undefined => {
  const found = world.lookup(name);
  return found === undefined && scope.foreign ? null : found;
};

/** Commands that print one word, whatever it is: their manual pages. */
const ONE_WORD =
  /^(git (describe|rev-parse)( -[\w=.*"'-]+)*( [\w./@{}^~]+)?|date( -u| --utc)? [+](?!\S*%[cDrxX])[\w%:./+"'-]+|uname -[mrs]|arch|nproc|dpkg --print-architecture|hostname)$/;

/** A word of which a part is not known, with `OPEN` for it; null where that part may make several words of it. */
export function outline(word: ShellWord, world: ShellWorld, scope: Scope): string | null {
  const parts = word.parts.map((part): string | null => {
    const known = value({ ...word, raw: '', parts: [part] }, world, scope);
    if (part.kind !== 'variable' && part.kind !== 'command') return known;
    if (part.quoted) return known ?? OPEN;
    if (known !== null) return /\s/.test(known) ? null : known;
    if (part.kind !== 'command' || part.script?.body?.kind !== 'command') return null;
    return ONE_WORD.test(part.script.body.words.map(({ raw }) => raw).join(' ')) ? OPEN : null;
  });
  return parts.includes(null) ? null : parts.join('');
}

/** The fields that the shell makes of a word: an unquoted variable may hold several, or none. */
export function fields(word: ShellWord, world: ShellWorld, scope: Scope): (string | null)[] {
  const text = value(word, world, scope);
  const open = word.parts.some((part) => (part.kind === 'variable' || part.kind === 'command') && !part.quoted);
  const closed = word.parts.some((part) => part.kind === 'text' && part.quoted && /\s/.test(part.value));
  if (text === null || !open || closed) return [text];
  return text.split(/\s+/).filter((field) => field !== '');
}

/** What `$(…)` stands for, where that follows from the words alone. */
function printed(script: ShellScript, world: ShellWorld, scope: Scope): string | null {
  const { body } = script;
  // `cd "$(dirname "$0")" && pwd`
  if (body?.kind === 'and' && body.left.kind === 'command' && body.left.words[0]?.raw === 'cd') {
    const to = body.left.words.length === 2 ? value(body.left.words[1] as ShellWord, world, scope) : null;
    const cwd = to === null || (scope.cwd === null && !to.startsWith('/')) ? null : resolvePath(scope.cwd ?? '/', to);
    return printed({ ...script, body: body.right }, world, { ...scope, cwd });
  }
  if (script.body?.kind !== 'command' || script.body.redirects.length > 0) return null;
  const [name, ...words] = script.body.words.map((word) => value(word, world, scope));
  const [first, second] = words;
  if (name === 'pwd') return scope.cwd;
  if (name === 'whoami' && words.length === 0 && !/^\d/.test(world.user)) return world.user;
  if (name === 'id' && world.user === 'root' && words.length === 1 && /^-[ug]n?$|^-n[ug]$/.test(words[0] ?? ''))
    return words[0]?.includes('n') ? 'root' : '0';
  if (name === 'mktemp' && words.every((word) => /^-[dqt]+$|^--directory$/.test(word ?? ''))) return temporary(world);
  if (first == null || words.includes(null)) return null;
  if (name === 'echo')
    return first.startsWith('-') || words.some((word) => word?.includes('\\')) ? null : words.join(' ');
  if (name === 'seq') return sequence(words)?.join('\n') ?? null;
  if (name === 'realpath' || name === 'readlink') {
    const file = name === 'realpath' && words.length === 1 ? first : /^-[fem]$/.test(first) ? second : null;
    return file == null || (scope.cwd === null && !file.startsWith('/')) ? null : resolvePath(scope.cwd ?? '/', file);
  }
  if (name === 'dirname' && words.length === 1) return first.includes('/') ? parentFolder(first) : '.';
  if (name === 'basename' && words.length <= 2) {
    const base = baseName(first);
    return second != null && base.endsWith(second) && base !== second ? base.slice(0, -second.length) : base;
  }
  return null;
}

/** A name of its own for each: where it lies is all that matters of it. */
function temporary({ memory }: ShellWorld): string {
  const made = Number(memory.get('temporary') ?? 0) + 1;
  memory.set('temporary', String(made));
  return `/tmp/tmp.${made}`;
}

/** Files written by `>` and `>>`; a folder with a `/` behind it, or null, where the name is not known. */
export function redirectTargets(list: readonly ShellRedirect[], world: ShellWorld, scope: Scope): (string | null)[] {
  return list
    .filter((redirect) => /^(&?>>?|>\|)$/.test(redirect.operator) && redirect.target !== null)
    .map(({ target }) => {
      const word = target as ShellWord;
      const folder = openFolder(word.raw) ?? scope.places.get(/^"?\$\{?(\w+)\}?"?$/.exec(word.raw)?.[1] ?? '') ?? null;
      return value(word, world, scope) ?? (folder === null ? null : `${folder}/`);
    })
    .filter((target) => target === null || !/^(\/dev\/|&?\d$)/.test(target));
}

/** Remembers the folder of what a variable is set to. */
export function setPlace(name: string, raw: string, known: string | null, { places }: Scope): void {
  const folder = known === null ? openFolder(raw) : known.startsWith('/') ? parentFolder(known) : null;
  places.set(name, places.has(name) && places.get(name) !== folder ? null : folder);
}

/** Files read by `<`, where their names are known. */
export function redirectSources(list: readonly ShellRedirect[], world: ShellWorld, scope: Scope): BuildEffect[] {
  return list
    .filter((redirect) => redirect.operator === '<' && redirect.target !== null)
    .map((redirect) => value(redirect.target as ShellWord, world, scope))
    .flatMap((source): BuildEffect[] =>
      source === null || source.startsWith('/dev/') || (scope.cwd === null && !source.startsWith('/'))
        ? []
        : [{ kind: 'reads', path: resolvePath(scope.cwd ?? '/', source), tree: false }],
    );
}

/** The effect of writing a file; its text is kept for what reads it later. */
export function written(
  path: string | null,
  scope: Scope,
  text: string | null = null,
  memory: Map<string, string> | null = null,
): BuildEffect {
  if (path === null || (scope.cwd === null && !path.startsWith('/')))
    return { kind: 'unknown', why: 'the file it writes is not known' };
  if (path.endsWith('/'))
    return (
      writtenBelow(resolvePath('/', path), scope.cwd) ?? { kind: 'unknown', why: 'the file it writes is not known' }
    );
  const file = resolvePath(scope.cwd ?? '/', path);
  if (text !== null) memory?.set(`text:${file}`, text);
  return { kind: 'writes', path: file, tree: false, ...(text === null ? {} : { text }) };
}
