import { MOST_VALUE_LENGTH } from './limits.ts';

/** `${A:-${B:-${C}}}`: nobody goes as deep. */
const MOST_DEPTH = 100;

/** A value and the names of the variables it reads; the value is null where one of them is not known. */
export interface Expansion {
  readonly value: string | null;
  readonly names: readonly string[];
}

interface State {
  at: number;
  depth: number;
}

type Lookup = (name: string) => string | null | undefined;

/** Names behind a `$` in any text: at least those that a builder or a shell would read there. */
export const variablesIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/\$\{?(\w+)/g)].map((match) => match[1] as string));

/** Expands a word by BuildKit's rules: https://docs.docker.com/reference/dockerfile/#environment-replacement. Quotes go. */
export function expand(raw: string, lookup: Lookup, escape: string): Expansion {
  const names: string[] = [];
  if (raw.length <= MOST_VALUE_LENGTH && !/["'$]/.test(raw) && !raw.includes(escape)) return { value: raw, names };
  const state = { at: 0, depth: 0 };
  const value = read(raw, state, lookup, escape, names, '');
  return { value, names };
}

/** Expands the body of a heredoc of COPY or ADD, in which quotes are text; null where a value is not known. */
export function expandHeredoc(raw: string, lookup: Lookup, escape: string): string | null {
  const state = { at: 0, depth: 0 };
  let out = '';
  for (; state.at < raw.length; state.at++) {
    const char = raw[state.at] as string;
    const text =
      char === '$' ? variable(raw, state, lookup, escape, []) : char === escape ? (raw[++state.at] ?? char) : char;
    if (text === null || out.length + text.length > MOST_VALUE_LENGTH) return null;
    out += text;
  }
  return out;
}

function read(raw: string, state: State, lookup: Lookup, escape: string, names: string[], stop: string): string | null {
  let out: string | null = '';
  let quote = '';
  const put = (text: string | null): void => {
    out = out === null || text === null || out.length + text.length > MOST_VALUE_LENGTH ? null : out + text;
  };
  for (; state.at < raw.length; state.at++) {
    const char = raw[state.at] as string;
    if (stop !== '' && quote === '' && char === stop) return out;
    if (quote === "'") {
      if (char === "'") quote = '';
      else put(char);
    } else if (char === escape && state.at + 1 < raw.length) {
      const next = raw[++state.at] as string;
      put(quote === '"' && !/["$\\`]/.test(next) ? escape + next : next);
    } else if (char === '"' || (char === "'" && quote === ''))
      quote = quote === char ? '' : quote === '' ? char : quote;
    else if (char === '$') put(variable(raw, state, lookup, escape, names));
    else put(char);
  }
  return out;
}

function variable(raw: string, state: State, lookup: Lookup, escape: string, names: string[]): string | null {
  const plain = /^\$([A-Za-z_]\w*|\d|[@*#?!$-])/.exec(raw.slice(state.at, state.at + 200));
  if (plain !== null) {
    const name = plain[1] as string;
    names.push(name);
    state.at += name.length;
    const value = lookup(name);
    return value === undefined ? '' : value;
  }
  if (raw[state.at + 1] !== '{') return '$';
  const head = /^\$\{([A-Za-z_]\w*|\d)(:?[-+?]|##?|%%?|\/\/?)?/.exec(raw.slice(state.at, state.at + 300));
  if (head === null) return null;
  const name = head[1] as string;
  const operator = head[2] ?? '';
  names.push(name);
  state.at += head[0].length;
  if (state.depth >= MOST_DEPTH) {
    state.at = raw.length;
    return null;
  }
  state.depth++;
  const word = read(raw, state, lookup, escape, names, '}');
  state.depth--;
  const value = lookup(name);
  return operator === '' ? (value === undefined ? '' : value) : applyOperator(value, operator, word);
}

/** The value of `${name operator word}`; undefined stands for an unset variable, null for a value not known. */
export function applyOperator(value: string | null | undefined, operator: string, word: string | null): string | null {
  const missing = value === undefined || (operator.startsWith(':') && value === '');
  switch (operator.replace(':', '')) {
    case '-':
    case '=':
      return value === null ? null : missing ? word : (value as string);
    case '+':
      return value === null ? null : missing ? '' : word;
    case '?':
      return value === null || missing ? null : (value as string);
    default:
      return value == null || word === null ? (value === undefined ? '' : null) : edit(value, operator, word);
  }
}

/** Patterns are tried at every place of a value. */
const MOST_PATTERN_VALUE = 1_000;

function edit(value: string, operator: string, word: string): string | null {
  if (operator.startsWith('/')) {
    const slash = word.indexOf('/');
    const [from, to] = slash < 0 ? [word, ''] : [word.slice(0, slash), word.slice(slash + 1)];
    if (/[*?[]/.test(from) || from === '') return null;
    return operator === '//' ? value.replaceAll(from, to) : value.replace(from, () => to);
  }
  if (value.length > MOST_PATTERN_VALUE) return null;
  const lengths = Array.from({ length: value.length + 1 }, (_, i) => i);
  const greedy = operator.length === 2;
  if (greedy) lengths.reverse();
  for (const length of lengths) {
    const part = operator.startsWith('#') ? value.slice(0, length) : value.slice(value.length - length);
    if (matchesGlob(part, word))
      return operator.startsWith('#') ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}

/** A shell pattern of `*` and `?` against a whole text, without backtracking over more than one star at a time. */
export function matchesGlob(text: string, pattern: string): boolean {
  let [t, p, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
