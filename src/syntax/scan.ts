import type { Span } from './document.ts';

/** A physical line: `end` excludes the line break, `next` is where the following line starts. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The line that starts at an offset. */
export function lineAt(text: string, start: number): Line {
  const found = text.indexOf('\n', start);
  const next = found < 0 ? text.length : found + 1;
  const stop = found < 0 ? text.length : found;
  const end = stop > start && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
  return { start, end, next };
}

const isBlank = (text: string, line: Line): boolean => text.slice(line.start, line.end).trim() === '';

const isComment = (text: string, line: Line): boolean =>
  /^[ \t]*#/.test(text.slice(line.start, Math.min(line.end, line.start + 200)));

/** One logical line: its characters with their offsets, and where it ends. */
export interface LogicalLine {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly text: string;
  readonly offsets: readonly number[];
  readonly comments: readonly Span[];
}

/** Reads a logical line from an offset that stands at its first character, as BuildKit joins continued lines. */
export function readLogical(text: string, start: number, escape: string): LogicalLine {
  const parts: string[] = [];
  const offsets: number[] = [];
  const comments: Span[] = [];
  let line = lineAt(text, start);
  let end = line.end;
  let next = line.next;
  for (let first = true; ; first = false) {
    if (!first && isComment(text, line)) {
      comments.push({ start: line.start + text.slice(line.start, line.end).search(/#/), end: line.end });
      next = line.next;
    } else if (!first && isBlank(text, line)) {
      next = line.next;
    } else {
      const source = text.slice(line.start, line.end);
      const trimmed = source.replace(/[ \t]+$/, '');
      const continued = trimmed.endsWith(escape) && !trimmed.endsWith(escape + escape);
      const kept = continued ? trimmed.slice(0, -1) : source;
      parts.push(kept);
      for (let i = 0; i < kept.length; i++) offsets.push(line.start + i);
      end = line.end;
      next = line.next;
      if (!continued) break;
    }
    if (line.next >= text.length) break;
    line = lineAt(text, line.next);
  }
  offsets.push(end);
  return { start, end, next, text: parts.join(''), offsets, comments };
}
