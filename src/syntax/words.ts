import type { Instruction, LogicalText } from './document.ts';

export interface Word {
  readonly raw: string;
  /** Offsets into the logical text. */
  readonly start: number;
  readonly end: number;
}

/** Splits at white space outside quotes; the escape character takes the next one along. */
export function words(source: LogicalText | string, escape = '\\'): Word[] {
  return [...eachWord(typeof source === 'string' ? source : source.text, escape)];
}

/** The words one by one, for those who need the first ones only. */
export function* eachWord(text: string, escape = '\\'): Generator<Word> {
  let start = -1;
  let quote = '';
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (char === undefined || (quote === '' && /\s/.test(char))) {
      if (start >= 0) yield { raw: text.slice(start, i), start, end: i };
      start = -1;
      continue;
    }
    if (start < 0) start = i;
    if (char === escape && quote !== "'") i++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
  }
  // An escape character at the very end skips the turn that closes the word.
  if (start >= 0) yield { raw: text.slice(start), start, end: text.length };
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
