import type { Instruction, LogicalText } from './document.ts';

export interface Word {
  readonly raw: string;
  /** Offsets into the logical text. */
  readonly start: number;
  readonly end: number;
}

/** Splits at white space outside quotes; the escape character takes the next one along. */
export function words(source: LogicalText | string, escape = '\\'): Word[] {
  const text = typeof source === 'string' ? source : source.text;
  const found: Word[] = [];
  for (let word = nextWord(text, 0, escape); word !== null; word = nextWord(text, word.end, escape)) found.push(word);
  return found;
}

/** The first word that starts at the offset or behind it; null where there is none. */
export function nextWord(text: string, from: number, escape = '\\'): Word | null {
  let start = from;
  while (start < text.length && isSpace(text, start)) start++;
  if (start === text.length) return null;
  let quote = '';
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at] as string;
    if (quote === '' && isSpace(text, at)) break;
    if (char === escape && quote !== "'") at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
  }
  // An escape character at the very end has nothing to take along.
  const end = Math.min(at, text.length);
  return { raw: text.slice(start, end), start, end };
}

/** White space as `\s` has it, which most characters are told from by their number. */
function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13) || (code >= 160 && /\s/.test(text[at] as string));
}

/** The word without its quotes and escapes. */
export function unquote(raw: string, escape = '\\'): string {
  let out = '';
  let quote = '';
  for (let i = 0; i < raw.length; i++) {
    const char = raw[i] as string;
    if (char === escape && quote !== "'" && i + 1 < raw.length) out += raw[++i];
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
    else out += char;
  }
  return out;
}

export interface KeyValue {
  readonly key: string;
  /** As written; null for an ARG without default. */
  readonly value: string | null;
}

/** The pairs of ENV, LABEL and ARG, the old `ENV key value` form included. */
export function keyValues(instruction: Instruction): KeyValue[] {
  const list = words(instruction.rest);
  const first = list[0];
  if (first === undefined) return [];
  if (instruction.keyword !== 'ARG' && !first.raw.includes('='))
    return [{ key: unquote(first.raw), value: instruction.rest.text.slice(first.end).trim() }];
  return list.map(({ raw }) => {
    const at = raw.indexOf('=');
    return at < 0 ? { key: unquote(raw), value: null } : { key: unquote(raw.slice(0, at)), value: raw.slice(at + 1) };
  });
}
