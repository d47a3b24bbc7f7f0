/**
 * A second, small reader of Dockerfiles, written apart from src/syntax, so that a mistake there cannot hide itself.
 * It works line by line, as BuildKit does.
 */
export interface ReadInstruction {
  readonly keyword: string;
  /** From the keyword to the end of the last line, heredoc bodies included, without the last line break. */
  readonly text: string;
  /** Counts from 1. */
  readonly line: number;
  /** Behind the keyword, continuations joined, comments and heredoc bodies left out. */
  readonly rest: string;
}

export interface ReadFile {
  readonly instructions: readonly ReadInstruction[];
  /** Each comment from `#` to the end of its line; directives and the text of heredocs are none. */
  readonly comments: readonly string[];
}

export interface ReadStage {
  readonly from: ReadInstruction;
  readonly image: string;
  readonly name: string | null;
  readonly body: readonly ReadInstruction[];
}

export function readDockerfile(text: string): ReadFile {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const bare = (line: number) => (lines[line] ?? '').replace(/\r$/, '');
  const comments: string[] = [];
  const instructions: ReadInstruction[] = [];
  let escapeCharacter = '\\';
  let at = 0;

  for (; at < lines.length; at += 1) {
    const directive = /^\s*#\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(bare(at));
    if (!directive || !['syntax', 'escape', 'check'].includes((directive[1] ?? '').toLowerCase())) break;
    if ((directive[1] ?? '').toLowerCase() === 'escape') escapeCharacter = directive[2] ?? '\\';
  }

  const comment = (line: number) => /^\s*(#.*)$/.exec(bare(line))?.[1];
  const endsOpen = (line: string) => line.trimEnd().endsWith(escapeCharacter);
  while (at < lines.length) {
    const here = comment(at);
    if (here !== undefined) comments.push(here);
    if (here !== undefined || bare(at).trim() === '') {
      at += 1;
      continue;
    }
    const start = at;
    let first = at;
    let last = at;
    let joined = '';
    for (let open = true; open && at < lines.length; at += 1) {
      const inside = at > start ? comment(at) : undefined;
      if (inside !== undefined) comments.push(inside);
      if (inside !== undefined || (at > start && bare(at).trim() === '')) continue;
      // Lines with nothing but the character that continues them are none of the instruction's.
      if (joined.trim() === '') first = at;
      open = endsOpen(bare(at));
      joined += open ? bare(at).trimEnd().slice(0, -1) : bare(at);
      last = at;
    }
    const words = /^\s*(\S+)\s*([\s\S]*)$/.exec(joined);
    const keyword = (words?.[1] ?? '').toUpperCase();
    const rest = (words?.[2] ?? '').trimEnd();
    if (['RUN', 'COPY', 'ADD'].includes(keyword)) {
      for (const [, dash, name] of rest.matchAll(/(?:^|\s)\d*<<(-?)["']?([A-Za-z_][\w.]*)["']?/g)) {
        while (at < lines.length && (dash ? bare(at).replace(/^\t+/, '') : bare(at)) !== name) at += 1;
        last = Math.min(at, lines.length - 1);
        at += 1;
      }
    }
    const whole = lines.slice(first, last + 1).join('\n');
    instructions.push({ keyword, text: whole.trimStart().replace(/\r$/, ''), line: first + 1, rest });
  }
  return { instructions, comments };
}

/** The stages of a file; what stands before the first FROM is in none. */
export function stagesOf(file: ReadFile): readonly ReadStage[] {
  const starts = file.instructions.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  return starts.flatMap((start, index) => {
    const from = file.instructions[start];
    if (!from) return [];
    const words = from.rest.split(/\s+/).filter((word) => !word.startsWith('--'));
    const name = words[1]?.toLowerCase() === 'as' ? (words[2]?.toLowerCase() ?? null) : null;
    const body = file.instructions.slice(start + 1, starts[index + 1] ?? file.instructions.length);
    return [{ from, image: words[0] ?? '', name, body }];
  });
}
