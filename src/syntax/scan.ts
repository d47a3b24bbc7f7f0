import type { Span } from './document.ts';

/** A physical line: `end` excludes the line break, `next` is where the following line starts. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The line that starts at an offset. BuildKit takes every carriage return in front of the line feed for a part of the break. */
export function lineAt(text: string, start: number): Line {
  const found = text.indexOf('\n', start);
  const next = found < 0 ? text.length : found + 1;
  const stop = found < 0 ? text.length : found;
  let end = stop;
  while (end > start && text.charCodeAt(end - 1) === 13) end--;
  return { start, end, next };
}

const SPACE = 32;
const TAB = 9;

/** Where the spaces and tabs at the end of a span begin. Written out: a pattern would try every space anew. */
function trailingBlanks(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text.charCodeAt(at - 1) === SPACE || text.charCodeAt(at - 1) === TAB)) at--;
  return at;
}

const isBlank = (text: string, line: Line): boolean => text.slice(line.start, line.end).trim() === '';

/** Where the `#` of a comment line stands; -1 for any other line. */
function commentAt(text: string, line: Line): number {
  let at = line.start;
  while (at < line.end && (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB)) at++;
  return at < line.end && text[at] === '#' ? at : -1;
}

/** One logical line: its characters with their offsets, and where it ends. */
export interface LogicalLine {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly text: string;
  readonly offsets: Int32Array;
  readonly comments: readonly Span[];
}

/** Reads a logical line from an offset that stands at its first character, as BuildKit joins continued lines. */
export function readLogical(text: string, start: number, escape: string): LogicalLine {
  const parts: Span[] = [];
  const comments: Span[] = [];
  let line = lineAt(text, start);
  let end = line.end;
  let next = line.next;
  for (let first = true; ; first = false) {
    const comment = first ? -1 : commentAt(text, line);
    if (comment >= 0) {
      comments.push({ start: comment, end: line.end });
      next = line.next;
    } else if (!first && isBlank(text, line)) {
      next = line.next;
    } else {
      const trimmed = trailingBlanks(text, line.start, line.end);
      const continued =
        trimmed > line.start &&
        text[trimmed - 1] === escape &&
        !(trimmed - 1 > line.start && text[trimmed - 2] === escape);
      parts.push({ start: line.start, end: continued ? trimmed - 1 : line.end });
      end = line.end;
      next = line.next;
      if (!continued) break;
    }
    if (line.next >= text.length) break;
    line = lineAt(text, line.next);
  }
  return { start, end, next, ...joined(text, parts, end), comments };
}

/** The spans put together, with the offset of every character. */
function joined(text: string, parts: readonly Span[], end: number): Pick<LogicalLine, 'text' | 'offsets'> {
  const offsets = new Int32Array(parts.reduce((length, part) => length + part.end - part.start, 1));
  let length = 0;
  for (const part of parts) for (let at = part.start; at < part.end; at++) offsets[length++] = at;
  offsets[length] = end;
  return { text: parts.map((part) => text.slice(part.start, part.end)).join(''), offsets };
}

/** The most bytes of a line that BuildKit reads: its scanner's buffer holds 65,536 with the line break. */
const MOST_LINE_BYTES = 65_535;

/** The first line that BuildKit refuses for its length; null where there is none. */
export function overlongLine(text: string): Span | null {
  for (let at = 0; at < text.length; ) {
    const { start, next } = lineAt(text, at);
    const end = text[next - 1] === '\n' ? next - 1 : next;
    // A UTF-16 unit is three bytes at most.
    if ((end - start) * 3 > MOST_LINE_BYTES && utf8Bytes(text, start, end) > MOST_LINE_BYTES) return { start, end };
    at = next;
  }
  return null;
}

function utf8Bytes(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    // Each half of a surrogate pair stands for two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}
