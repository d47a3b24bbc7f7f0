import { absolute, expandWord, type Lookup } from './words.ts';

/** What a RUN does to the files of its stage, as far as its words tell. */
export type Effect =
  /** The path is there afterwards. */
  | { readonly kind: 'makes'; readonly path: string; readonly folder: boolean }
  /** What lies there, or below it, cannot be told. */
  | { readonly kind: 'changes'; readonly path: string }
  | { readonly kind: 'removes'; readonly path: string }
  /** All that lies in the folder goes, as far as a pattern reaches. */
  | { readonly kind: 'clears'; readonly path: string }
  | { readonly kind: 'owns'; readonly path: string; readonly owner: string | null; readonly inside: boolean }
  | { readonly kind: 'sets-mode'; readonly path: string; readonly mode: string; readonly inside: boolean }
  /** A package manager or an account tool: the folders of the system may have anything. */
  | { readonly kind: 'system'; readonly words: readonly (string | null)[] }
  /** Any file anywhere; of owners, `owners` tells whether it may have changed those of files that it did not make. */
  | { readonly kind: 'anything'; readonly owners: boolean };

const NOTHING = new Set([
  ':',
  '[',
  'cd',
  'echo',
  'exit',
  'export',
  'printf',
  'pwd',
  'set',
  'sleep',
  'test',
  'true',
  'umask',
]);
const SYSTEM = new Set(
  (
    'addgroup adduser apk apt apt-get chsh delgroup deluser dnf dpkg groupadd groupmod ldconfig microdnf ' +
    'update-ca-certificates useradd usermod yum'
  ).split(' '),
);
/** Words of a shell that this reading does not follow. */
const STRUCTURE =
  /^(if|then|else|elif|fi|for|while|until|do|done|case|esac|function|eval|exec|trap|\{|\}|!|\.|source)$/;
const OWNERS = /\b(ch(own|grp|mod)|install|usermod|cp|mv|tar|rsync)\b/;

interface Command {
  readonly words: readonly (string | null)[];
  readonly writes: readonly (string | null)[];
}

/** Reads the shell form of a RUN that starts in a folder. */
export function shellEffects(text: string, folder: string | null, lookup: Lookup): readonly Effect[] {
  const anything: Effect = { kind: 'anything', owners: OWNERS.test(text) };
  const commands = folder === null ? null : commandsOf(text, lookup);
  if (folder === null || commands === null) return [anything];
  const effects: Effect[] = [];
  let here = folder;
  for (const { words, writes } of commands) {
    const anything: Effect = { kind: 'anything', owners: OWNERS.test(words.join(' ')) };
    for (const path of writes)
      if (path === null) effects.push(anything);
      else if (!path.startsWith('/dev/')) effects.push({ kind: 'makes', path: absolute(here, path), folder: false });
    const [program, ...args] = words;
    if (program === undefined) continue;
    if (program === 'cd') {
      if (args.length !== 1 || args[0] === null || args[0] === undefined || /^[-~]/.test(args[0])) return [anything];
      here = absolute(here, args[0]);
    } else effects.push(...(program === null ? [anything] : effectsOf(program, args, here, anything)));
  }
  return effects;
}

function effectsOf(program: string, args: readonly (string | null)[], here: string, anything: Effect): Effect[] {
  if (NOTHING.has(program)) return [];
  if (SYSTEM.has(program.replace(/^.*\//, ''))) return [{ kind: 'system', words: args }];
  if (program === 'rm') return args.flatMap((word) => removals(word, here, anything));
  const known = args.filter((word): word is string => word !== null && !/[*?[]/.test(word));
  if (known.length < args.length) return [anything];
  const named = known.filter((word) => !word.startsWith('-'));
  const flags = known.filter((word) => word.startsWith('-'));
  const inside = flags.some((word) => /^-\w*R|^--recursive$/.test(word));
  const paths = named.map((word) => absolute(here, word));
  switch (program) {
    case 'mkdir':
      return flags.every((word) => /^-p?v?$|^--parents$/.test(word))
        ? paths.map((path) => ({ kind: 'makes', path, folder: true }))
        : [anything];
    case 'touch':
      return paths.map((path) => ({ kind: 'makes', path, folder: false }));
    case 'cp':
    case 'ln':
      return paths.slice(-1).map((path) => ({ kind: 'changes', path }));
    case 'mv':
      return paths.map((path, at) => ({ kind: at < paths.length - 1 ? 'removes' : 'changes', path }));
    case 'chown':
    case 'chgrp': {
      const owner = `${program === 'chgrp' ? ':' : ''}${named[0] ?? ''}`;
      return paths.slice(1).map((path) => ({ kind: 'owns', path, owner, inside }));
    }
    case 'chmod':
      return paths.slice(1).map((path) => ({ kind: 'sets-mode', path, mode: named[0] ?? '', inside }));
    default:
      return [anything];
  }
}

function removals(word: string | null, here: string, anything: Effect): Effect[] {
  if (word?.startsWith('-')) return [];
  if (word !== null && !/[*?[]/.test(word)) return [{ kind: 'removes', path: absolute(here, word) }];
  const folder = /^([^*?[]+)\/\*$/.exec(word ?? '')?.[1];
  return [folder === undefined ? anything : { kind: 'clears', path: absolute(here, folder) }];
}

/** Simple commands in a row, each with its words and the files it is redirected to; null where there is more to it. */
function commandsOf(text: string, lookup: Lookup): Command[] | null {
  const commands: Command[] = [];
  let words: (string | null)[] = [];
  let writes: (string | null)[] = [];
  let word = '';
  let quote = '';
  let redirected = false;
  const assigned = new Set<string>();
  const end = (): boolean => {
    if (word === '') return true;
    if (words.length === 0 && STRUCTURE.test(word)) return false;
    const set = words.length === 0 && !redirected ? /^(\w+)=/.exec(word)?.[1] : undefined;
    if (set !== undefined) {
      assigned.add(set);
      word = '';
      return true;
    }
    const value = expandWord(word, (name) => (assigned.has(name) ? null : (lookup(name) ?? null)), '\\');
    if (redirected) writes.push(value);
    else words.push(value);
    redirected = false;
    word = '';
    return true;
  };
  const close = (): boolean => {
    if (!end()) return false;
    commands.push({ words, writes });
    words = [];
    writes = [];
    return true;
  };
  for (let at = 0; at < text.length; at++) {
    const here = text[at] as string;
    if (here === '\\' && quote !== "'") word += here + (text[++at] ?? '');
    else if (here === '`' || (here === '$' && text[at + 1] === '(' && quote !== "'")) return null;
    else if (quote !== '') {
      if (here === quote) quote = '';
      word += here;
    } else if (here === '"' || here === "'") {
      quote = here;
      word += here;
    } else if (here === ' ' || here === '\t') {
      if (!end()) return null;
    } else if (here === '\n' || here === ';' || (here === '&' && text[at + 1] === '&')) {
      if (here === '&') at++;
      if (!close()) return null;
    } else if (here === '>') {
      if (/^\d$/.test(word)) word = '';
      if (!end()) return null;
      if (text[at + 1] === '>') at++;
      if (text[at + 1] === '&') at += 2;
      else redirected = true;
    } else if ('|&()<#'.includes(here)) return null;
    else word += here;
  }
  return quote === '' && close() ? commands : null;
}
