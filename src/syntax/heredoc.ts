import type { Heredoc } from './document.ts';
import { lineAt } from './scan.ts';

// BuildKit: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go (reHeredoc)
const MARKER = /(^|\s)\d*<<(-?)(?:"([^"\s<]+)"|'([^'\s<]+)'|([A-Za-z_][\w.-]*|\w[\w.-]*))(?=\s|$|[;&|)>])/g;

export interface Heredocs {
  readonly list: readonly Heredoc[];
  /** Where the last one ends, without its line break, and where the next line starts. */
  readonly end: number;
  readonly next: number;
  /** One that is not closed, and where its `<<` stands in the logical line. */
  readonly open: { readonly name: string; readonly at: number } | null;
}

/** Reads the bodies that follow an instruction's logical line; `next` is the start of the line below it. */
export function readHeredocs(text: string, logical: string, end: number, next: number): Heredocs {
  const list: Heredoc[] = [];
  let at = next;
  let last = end;
  for (const match of logical.matchAll(MARKER)) {
    const name = match[3] ?? match[4] ?? match[5] ?? '';
    const chomp = match[2] === '-';
    const quoted = match[5] === undefined;
    const lines: string[] = [];
    const start = at;
    let closed = false;
    while (at < text.length) {
      const line = lineAt(text, at);
      const source = text.slice(line.start, line.end);
      at = line.next;
      if ((chomp ? source.replace(/^\t+/, '') : source) === name) {
        const terminator = { start: line.end - name.length, end: line.end };
        list.push({
          name,
          quoted,
          chomp,
          body: { start, end: line.start },
          terminator,
          content: lines.map((one) => `${one}\n`).join(''),
        });
        last = line.end;
        closed = true;
        break;
      }
      lines.push(chomp ? source.replace(/^\t+/, '') : source);
    }
    if (!closed)
      return { list, end: text.length, next: text.length, open: { name, at: match.index + (match[1]?.length ?? 0) } };
  }
  return { list, end: last, next: at, open: null };
}
