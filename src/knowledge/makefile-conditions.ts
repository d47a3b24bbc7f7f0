/** A shell word without a value, for what only make itself would know. */
export const UNKNOWN = '$(unknown)';

/** A conditional part: read, left out, of unknown truth, or left out because the part before it was read. */
export type Condition = 'yes' | 'no' | 'unknown' | 'done';

export const isConditional = (line: string): boolean => /^(ifn?eq|ifn?def|else|endif)\b/.test(line);

/** https://www.gnu.org/software/make/manual/html_node/Conditional-Syntax.html; false where a line cannot be read. */
export function turn(
  line: string,
  conditions: Condition[],
  expanded: (text: string) => string | null,
  lookup: (name: string) => string | null,
): boolean {
  const [word, rest] = firstWord(line);
  if (word === 'endif') return conditions.pop() !== undefined;
  if (word !== 'else') {
    const truth = holds(word, rest, expanded, lookup);
    if (truth === undefined) return false;
    conditions.push(truth);
    return true;
  }
  const before = conditions.pop();
  if (before === undefined) return false;
  const taken = before === 'yes' || before === 'done';
  if (rest === '') conditions.push(taken ? 'done' : before === 'no' ? 'yes' : 'unknown');
  else {
    const [next, condition] = firstWord(rest);
    const truth = holds(next, condition, expanded, lookup);
    if (truth === undefined) return false;
    conditions.push(taken ? 'done' : before === 'no' ? truth : 'unknown');
  }
  return true;
}

function firstWord(text: string): [string, string] {
  const word = /^\w*/.exec(text)?.[0] ?? '';
  return [word, text.slice(word.length).trim()];
}

/** Whether a condition is true; undefined where it is none. */
function holds(
  word: string,
  text: string,
  expanded: (text: string) => string | null,
  lookup: (name: string) => string | null,
): Condition | undefined {
  if (word === 'ifdef' || word === 'ifndef') {
    if (!/^[\w.-]+$/.test(text)) return undefined;
    const found = lookup(text);
    if (found === null || found.includes(UNKNOWN)) return 'unknown';
    return (found !== '') === (word === 'ifdef') ? 'yes' : 'no';
  }
  if (word !== 'ifeq' && word !== 'ifneq') return undefined;
  const sides = sidesOf(text);
  if (sides === null) return undefined;
  const [left, right] = sides.map(expanded);
  if (left == null || right == null || /\$/.test(left + right)) return 'unknown';
  return (left.trim() === right.trim()) === (word === 'ifeq') ? 'yes' : 'no';
}

/** `(a,b)`, `"a" "b"`, `'a' 'b'` */
function sidesOf(text: string): [string, string] | null {
  const quoted = /^(["'])([^"']*)\1\s*(["'])([^"']*)\3$/.exec(text);
  if (quoted !== null) return [quoted[2] as string, quoted[4] as string];
  if (!text.startsWith('(') || closing(text, 0) !== text.length - 1) return null;
  let depth = 0;
  for (let at = 1; at < text.length - 1; at++) {
    if (/[({]/.test(text[at] as string)) depth++;
    else if (/[)}]/.test(text[at] as string)) depth--;
    else if (text[at] === ',' && depth === 0) return [text.slice(1, at).trim(), text.slice(at + 1, -1).trim()];
  }
  return null;
}

/** Where the bracket closes that opens at `open`; -1 where it does not. */
export function closing(text: string, open: number): number {
  const [from, to] = text[open] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === from) depth++;
    else if (text[at] === to && --depth === 0) return at;
  }
  return -1;
}
