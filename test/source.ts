/**
 * TypeScript source without its comments and, if asked, without what its strings say. Small and sufficient for formatted
 * code: a slash opens a regular expression where no operand stands before it.
 */
export function stripComments(text: string, strings: 'keep' | 'empty' = 'keep'): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at, at + 2);
    const character = text.charAt(at);
    let end = at + 1;
    if (rest === '//') {
      end = indexOr(text, '\n', at);
      at = end;
      continue;
    }
    if (rest === '/*') {
      end = indexOr(text, '*/', at) + 2;
      out += '\n'.repeat(text.slice(at, end).split('\n').length - 1);
      at = end;
      continue;
    }
    const literal =
      character === "'" || character === '"' || character === '`' || (character === '/' && opensPattern(out));
    if (literal) {
      end = literalEnd(text, at);
      out += strings === 'keep' ? text.slice(at, end) : character + character;
    } else out += character;
    at = end;
  }
  return out;
}

function indexOr(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from);
  return found < 0 ? text.length : found;
}

function opensPattern(before: string): boolean {
  return /(^|[(,=:[!&|?{};+>]|\breturn)\s*$/.test(before.slice(-40));
}

function literalEnd(text: string, start: number): number {
  const quote = text.charAt(start);
  let inClass = false;
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (quote === '/' && character === '[') inClass = true;
    else if (quote === '/' && character === ']') inClass = false;
    else if (character === quote && !inClass) return at + 1;
  }
  return text.length;
}
