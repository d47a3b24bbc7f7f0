import type { Span } from '../syntax/document.ts';

/** A replacement of a span of the text; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
  readonly reason: string;
}

/** The text with the edits applied; bytes outside them are untouched. Overlapping edits are a bug and throw. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let out = '';
  let at = 0;
  for (const { span, text: replacement } of edits.toSorted(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
  )) {
    if (span.start < at) throw new Error(`edits overlap at ${span.start}`);
    out += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return out + text.slice(at);
}

/** A span of the edited text as the span of the original text that it stands for. */
export function originalSpan(span: Span, edits: readonly Edit[]): Span {
  const back = (offset: number): number => {
    let shift = 0;
    for (const { span: own, text } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
      const start = own.start + shift;
      if (offset < start) break;
      if (offset < start + text.length) return own.start;
      shift += text.length - (own.end - own.start);
    }
    return offset - shift;
  };
  return { start: back(span.start), end: back(span.end) };
}
