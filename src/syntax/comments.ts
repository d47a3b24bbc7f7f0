/** A text without its block comments, which do not nest; one that nothing closes is none. */
export function withoutBlocks(text: string, open: string, close: string): string {
  let out = '';
  for (let at = 0; ; ) {
    const start = text.indexOf(open, at);
    const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
    if (end < 0) return out + text.slice(at);
    out += text.slice(at, start);
    at = end + close.length;
  }
}

/** How comments and strings are told in a language with `//` and `/* … *\/`. */
export interface CommentForm {
  /** What strings on one line stand in. */
  readonly quotes: string;
  /** What has to stand in front of `//`, unless the text begins there. */
  readonly before?: RegExp;
}

/** A text without its comments; what looks like one in a string stays. Nothing is read twice, whatever is left open. */
export function withoutComments(text: string, { quotes, before }: CommentForm): string {
  const lastClose = text.lastIndexOf('*/');
  const unclosedUntil = new Map<string, number>();
  let out = '';
  let at = 0;
  for (let mark = 0; mark < text.length; mark++) {
    const sign = text.charAt(mark);
    if (quotes.includes(sign) && mark >= (unclosedUntil.get(sign) ?? 0)) {
      const { end, closed } = stringEnd(text, mark);
      if (closed) mark = end;
      else unclosedUntil.set(sign, end);
      continue;
    }
    if (sign !== '/') continue;
    const next = text.charAt(mark + 1);
    const isLine = next === '/' && (before === undefined || mark === 0 || before.test(text.charAt(mark - 1)));
    if (!isLine && (next !== '*' || mark + 2 > lastClose)) continue;
    const end = isLine ? lineEnd(text, mark) : text.indexOf('*/', mark + 2) + 2;
    out += text.slice(at, mark);
    at = end;
    mark = end - 1;
  }
  return out + text.slice(at);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Where a string ends, or, where nothing closes it, its line. */
function stringEnd(text: string, start: number): { readonly end: number; readonly closed: boolean } {
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '\n') return { end: at, closed: false };
    if (sign === '\\' && text.charAt(at + 1) !== '\n') at++;
    else if (sign === text.charAt(start)) return { end: at, closed: true };
  }
  return { end: text.length, closed: false };
}
