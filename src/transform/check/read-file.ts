/**
 * Reads a Dockerfile for the check alone, line by line, and shares no code with the reading that the plan is made from: a
 * mistake there cannot hide itself here.
 */
export interface CheckedInstruction {
  readonly keyword: string;
  /** From the keyword to the end of the last line, heredoc bodies included, without the last line break. */
  readonly text: string;
  /** The first line and the last one; they count from 1. */
  readonly line: number;
  readonly last: number;
  /** Behind keyword and flags, continuations joined, comments and heredoc bodies left out. */
  readonly rest: string;
  readonly flags: readonly (readonly [name: string, value: string])[];
  readonly heredocs: readonly CheckedHeredoc[];
  /** ONBUILD's: the keyword of what it triggers. */
  readonly triggers: string | null;
}

export interface CheckedHeredoc {
  readonly name: string;
  readonly quoted: boolean;
  readonly closed: boolean;
  readonly body: string;
}

export interface CheckedStage {
  readonly from: CheckedInstruction;
  readonly image: string;
  readonly name: string | null;
  readonly instructions: readonly CheckedInstruction[];
}

export interface CheckedFile {
  readonly bom: boolean;
  readonly escape: string;
  readonly directives: readonly string[];
  readonly comments: readonly string[];
  readonly instructions: readonly CheckedInstruction[];
  /** What stands before the first FROM. */
  readonly globals: readonly CheckedInstruction[];
  readonly stages: readonly CheckedStage[];
}

const DIRECTIVE = /^[ \t]*#[ \t]*(syntax|escape|check)[ \t]*=[ \t]*(\S.*)$/i;
const HEREDOC = /(?:^|\s)\d*<<(-?)(["']?)([A-Za-z_0-9][\w.-]*)["']?(?=$|[\s;&|)>])/g;

/** Reads it, whatever it is: `problemsOf` says whether that is a Dockerfile. */
export function readForCheck(text: string): CheckedFile {
  const bom = text.startsWith('\uFEFF');
  const lines = (bom ? text.slice(1) : text).split('\n');
  const bare = (at: number): string => withoutReturns(lines[at] ?? '');
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
    const triggers = keyword === 'ONBUILD' ? (/^\s*(\S+)/.exec(rest)?.[1] ?? '').toUpperCase() : null;
    const heredocs: CheckedHeredoc[] = [];
    const carries = /^(RUN|COPY|ADD)$/.test(triggers ?? keyword) && rest.includes('<<');
    for (const [, dash, quote, name = ''] of carries ? rest.matchAll(HEREDOC) : []) {
      const start = at;
      const closes = (line: string): boolean => (dash === '' ? line : line.replace(/^\t+/, '')) === name;
      while (at < lines.length && !closes(bare(at))) at++;
      last = Math.min(at, lines.length - 1);
      heredocs.push({ name, quoted: quote !== '', closed: at < lines.length, body: lines.slice(start, at).join('\n') });
      at++;
    }
    // Lines before the keyword that only lead on to it are none of its text.
    let own = first;
    while (own < last && isLead(bare(own).trim(), escape)) own++;
    instructions.push({
      keyword,
      text: withoutReturns(
        lines
          .slice(own, last + 1)
          .join('\n')
          .trimStart(),
      ),
      line: first + 1,
      last: last + 1,
      heredocs,
      triggers,
      ...flagsOf(rest.trim(), triggers !== null),
    });
  }
  const stages = stagesOf(instructions);
  const start = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  const globals = instructions.slice(0, start < 0 ? instructions.length : start);
  return { bom, escape, directives, comments, instructions, globals, stages };
}

const isLead = (line: string, escape: string): boolean => line === '' || line === escape || line.startsWith('#');

/** BuildKit takes every carriage return at the end of a line for a part of its break. */
export function withoutReturns(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === '\r') end--;
  return line.slice(0, end);
}

/** The text of a FROM without `AS name` and space at its end. */
export function withoutStageName({ text, rest }: CheckedInstruction): string {
  const [, as, name] = rest.split(/\s+/);
  const whole = text.trimEnd();
  if (name === undefined || as?.toUpperCase() !== 'AS' || !whole.endsWith(name)) return whole;
  const before = whole.slice(0, -name.length).trimEnd();
  return /as$/i.test(before) ? before.slice(0, -2).trimEnd() : whole;
}

/** `--name=value` in front of the arguments, quotes around the value taken off; ONBUILD's are those of its trigger. */
function flagsOf(text: string, triggered: boolean): Pick<CheckedInstruction, 'rest' | 'flags'> {
  const flags: [string, string][] = [];
  let rest = triggered ? text.replace(/^\S+\s+(?=--)/, '') : text;
  for (let found = next(rest); found !== null; found = next(rest)) {
    flags.push([found[1] as string, (found[2] ?? '').replace(/^(["'])(.*)\1$/s, '$2')]);
    rest = rest.slice(found[0].length);
  }
  return { rest: rest.trim(), flags };
}

const next = (rest: string): RegExpExecArray | null =>
  /^--([a-z][\w-]*)(?:=((?:"[^"]*"|'[^']*'|[^\s"'])*))?(?:\s+|$)/.exec(rest);

function stagesOf(instructions: readonly CheckedInstruction[]): CheckedStage[] {
  const stages: (CheckedStage & { instructions: CheckedInstruction[] })[] = [];
  for (const one of instructions)
    if (one.keyword === 'FROM') {
      const words = one.rest.split(/\s+/);
      const name = words[1]?.toUpperCase() === 'AS' ? (words[2] ?? null) : null;
      stages.push({ from: one, image: words[0] ?? '', name, instructions: [] });
    } else stages.at(-1)?.instructions.push(one);
  return stages;
}
