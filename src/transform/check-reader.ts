/**
 * Reads a Dockerfile for the check alone, line by line, and shares no code with the reading that the plan is made from: a
 * mistake there cannot hide itself here.
 */
export interface CheckedInstruction {
  readonly keyword: string;
  /** From the keyword to the end of the last line, heredoc bodies included, without the last line break. */
  readonly text: string;
  /** Counts from 1. */
  readonly line: number;
  /** Behind keyword and flags, continuations joined, comments and heredoc bodies left out. */
  readonly rest: string;
  readonly flags: readonly (readonly [name: string, value: string])[];
}

export interface CheckedStage {
  readonly image: string;
  readonly name: string | null;
  readonly instructions: readonly CheckedInstruction[];
}

export interface CheckedFile {
  readonly bom: boolean;
  readonly directives: readonly string[];
  readonly comments: readonly string[];
  readonly instructions: readonly CheckedInstruction[];
  readonly stages: readonly CheckedStage[];
}

const DIRECTIVE = /^[ \t]*#[ \t]*(syntax|escape|check)[ \t]*=[ \t]*(\S.*)$/i;
const HEREDOC = /(?:^|\s)\d*<<(-?)["']?([A-Za-z_0-9][\w.-]*)["']?(?=$|[\s;&|)>])/g;

/** Reads it; what does not parse has been refused before. */
export function readForCheck(text: string): CheckedFile {
  const bom = text.startsWith('\uFEFF');
  const lines = (bom ? text.slice(1) : text).split('\n');
  const bare = (at: number): string => {
    const line = lines[at] ?? '';
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  };
  const directives: string[] = [];
  let escape = '\\';
  let at = 0;
  for (let found = DIRECTIVE.exec(bare(at)); found !== null; found = DIRECTIVE.exec(bare(++at))) {
    const [, name = '', value = ''] = found;
    directives.push(`${name.toLowerCase()}=${value.trim()}`);
    if (name.toLowerCase() === 'escape') escape = value.trim();
  }
  const comments: string[] = [];
  const instructions: CheckedInstruction[] = [];
  const isComment = (line: string): boolean => line.trimStart().startsWith('#');
  while (at < lines.length) {
    const head = bare(at);
    if (head.trim() === '' || isComment(head)) {
      if (isComment(head)) comments.push(head.trimStart());
      at++;
      continue;
    }
    const first = at;
    let last = at;
    const parts: string[] = [];
    for (let open = true; open && at < lines.length; at++) {
      const line = bare(at);
      if (at > first && isComment(line)) {
        comments.push(line.trimStart());
        continue;
      }
      if (at > first && line.trim() === '') continue;
      const end = line.trimEnd();
      open = end.endsWith(escape) && !end.endsWith(escape + escape);
      parts.push(open ? end.slice(0, -1) : line);
      last = at;
    }
    const [, word = '', rest = ''] = /^\s*(\S+)([\s\S]*)$/.exec(parts.join('')) ?? [];
    const keyword = word.toUpperCase();
    const carrier = keyword === 'ONBUILD' ? (/^\s*(\S+)/.exec(rest)?.[1] ?? '').toUpperCase() : keyword;
    for (const [, dash, name] of /^(RUN|COPY|ADD)$/.test(carrier) ? rest.matchAll(HEREDOC) : []) {
      const closes = (line: string): boolean => (dash === '' ? line : line.replace(/^\t+/, '')) === name;
      while (at < lines.length && !closes(bare(at))) at++;
      last = Math.min(at, lines.length - 1);
      at++;
    }
    const whole = lines
      .slice(first, last + 1)
      .join('\n')
      .trimStart();
    instructions.push({
      keyword,
      text: whole.replace(/\r+$/, ''),
      line: first + 1,
      ...flagsOf(rest.trim()),
    });
  }
  return { bom, directives, comments, instructions, stages: stagesOf(instructions) };
}

/** `--name=value` in front of the arguments, quotes around the value taken off; ONBUILD's are those of its trigger. */
function flagsOf(text: string): Pick<CheckedInstruction, 'rest' | 'flags'> {
  const flags: [string, string][] = [];
  let rest = text.replace(/^(RUN|COPY|ADD)\s+(?=--)/i, '');
  for (let found = next(rest); found !== null; found = next(rest)) {
    flags.push([found[1] as string, (found[2] ?? '').replace(/^(["'])(.*)\1$/s, '$2')]);
    rest = rest.slice(found[0].length);
  }
  return { rest: rest.trim(), flags };
}

const next = (rest: string): RegExpExecArray | null =>
  /^--([a-z][\w-]*)(?:=((?:"[^"]*"|'[^']*'|[^\s"'])*))?\s+/.exec(rest);

function stagesOf(instructions: readonly CheckedInstruction[]): CheckedStage[] {
  const stages: { image: string; name: string | null; instructions: CheckedInstruction[] }[] = [];
  for (const one of instructions)
    if (one.keyword === 'FROM') {
      const words = one.rest.split(/\s+/);
      stages.push({
        image: words[0] ?? '',
        name: words[1]?.toUpperCase() === 'AS' ? (words[2] ?? null) : null,
        instructions: [],
      });
    } else stages.at(-1)?.instructions.push(one);
  return stages;
}
