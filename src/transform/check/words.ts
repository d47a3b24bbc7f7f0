/** A variable's value; undefined where there is none, null where it cannot be told. */
export type Lookup = (name: string) => string | null | undefined;

/** The strings of the JSON form; null where it is none. */
export function stringsOf(text: string): readonly string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;
  } catch {
    return null;
  }
}

/** The words of an instruction, with their quotes and variables. */
export function rawWords(text: string, escape: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  let at = 0;
  for (; at < text.length; at++) {
    const here = text[at] as string;
    if (here === escape && quote !== "'") {
      word += here + (text[++at] ?? '');
      continue;
    }
    if (quote === '' && /\s/.test(here)) {
      if (word !== '') words.push(word);
      word = '';
      continue;
    }
    if (quote === '' ? here === '"' || here === "'" : here === quote) quote = quote === '' ? here : '';
    word += here;
  }
  return word === '' ? words : [...words, word];
}

const NAME = /^(?:\{(\w+)(?:(:?[-+])([^}$]*))?\}|(\w+))/;

/** A word as the builder expands it: quotes off, variables filled in; null where one cannot be told. */
export function expandWord(raw: string, lookup: Lookup, escape: string): string | null {
  let out = '';
  let quote = '';
  for (let at = 0; at < raw.length; at++) {
    const here = raw[at] as string;
    if (here === escape && quote !== "'") {
      const behind = raw[++at] ?? '';
      out += quote === '"' && !['"', '$', escape].includes(behind) ? here + behind : behind;
    } else if (quote === '' ? here === '"' || here === "'" : here === quote) quote = quote === '' ? here : '';
    else if (here === '$' && quote !== "'") {
      const found = NAME.exec(raw.slice(at + 1));
      if (found === null) return null;
      const [whole, braced, how, other = '', plain] = found;
      const value = lookup((braced ?? plain) as string);
      if (value === null) return null;
      const set = how?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
      out += how?.endsWith('+') ? (set ? other : '') : how?.endsWith('-') && !set ? other : (value ?? '');
      at += whole.length;
    } else out += here;
  }
  return out;
}

/** A path made absolute and its dots taken out. */
export function absolute(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/'))
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  return `/${parts.join('/')}`;
}

/** The path is the folder, or lies below it. */
export const isBelow = (path: string, folder: string): boolean =>
  folder === '/' || path === folder || path.startsWith(`${folder}/`);
