import { operandsOf } from './command.ts';

/** Longer lines and files are not looked through: one `*` takes the square of a line's length. */
const LONGEST_LINE = 1000;
const LONGEST_TEXT = 50_000;

/** What a command makes of a file that it changes in its place; null where that is not known. */
export function editedText(argv: readonly (string | null)[], text: string): string | null {
  switch (argv[0]) {
    case 'touch':
      return text;
    case 'dos2unix':
    case 'fromdos':
      return text.replaceAll('\r\n', '\n');
    case 'sed':
      return streamEdited(argv, text);
    default:
      return null;
  }
}

/** A line that is being edited; null deletes it. `before` and `behind` are put around it. */
interface Line {
  readonly text: string | null;
  readonly before: readonly string[];
  readonly behind: readonly string[];
}

type Edit = (line: Line, index: number, last: number) => Line;

/** https://www.gnu.org/software/sed/manual/sed.html, as far as scripts of substitutions, deletions and new lines go. */
function streamEdited(argv: readonly (string | null)[], text: string): string | null {
  if (argv.includes(null) || text.length > LONGEST_TEXT) return null;
  const { operands } = operandsOf(argv, ['-e', '--expression']);
  const words = argv as readonly string[];
  const scripts = words.filter((_, index) => /^(-e|--expression)$/.test(words[index - 1] ?? ''));
  const flags = words.slice(1).filter((word) => word.startsWith('-') && !/^(-e|--expression)$/.test(word));
  if (flags.some((flag) => !/^(-[Ers]*i.*|--in-place.*|-[Ers]+|--regexp-extended)$/.test(flag))) return null;
  const extended = flags.some((flag) => /^-s*[Er]|^--regexp/.test(flag));
  const script = (scripts.length > 0 ? scripts : [operands[0] ?? '']).join('\n');
  const edits = editsOf(script, extended);
  const lines = text.split('\n');
  const end = lines.at(-1) === '' ? lines.pop() : undefined;
  if (edits === null || lines.some((line) => line.length > LONGEST_LINE)) return null;
  const made = lines.flatMap((line, index) => {
    const {
      before,
      text: kept,
      behind,
    } = edits.reduce<Line>((sofar, edit) => (sofar.text === null ? sofar : edit(sofar, index + 1, lines.length)), {
      text: line,
      before: [],
      behind: [],
    });
    return [...before, ...(kept === null ? [] : [kept]), ...behind];
  });
  return [...made, ...(end === undefined ? [] : [end])].join('\n');
}

/** The commands of a script; null where one of them is not known. */
function editsOf(script: string, extended: boolean): readonly Edit[] | null {
  const edits: Edit[] = [];
  let rest = script.trim();
  while (rest !== '') {
    const [head = '', number, , pattern] = /^(?:(\d+|\$)|(\/)((?:[^/\\\n]|\\.)+)\/)?\s*/.exec(rest) ?? [];
    rest = rest.slice(head.length);
    const matches = pattern === undefined ? undefined : expression(pattern, extended, '/');
    if (matches === null) return null;
    const isMeant = (line: string, index: number, last: number): boolean =>
      matches?.test(line) ?? (number === undefined || (number === '$' ? index === last : index === Number(number)));
    const read = commandOf(rest, extended);
    if (read === null) return null;
    edits.push((line, index, last) => (isMeant(line.text ?? '', index, last) ? read.edit(line) : line));
    const [separator = ''] = /^[ \t]*(?:[;\n]\s*|$)/.exec(rest.slice(read.length)) ?? [];
    const next = rest.slice(read.length + separator.length);
    if (separator === '' && next !== '') return null;
    rest = next;
  }
  return edits;
}

function commandOf(
  rest: string,
  extended: boolean,
): { readonly edit: (line: Line) => Line; readonly length: number } | null {
  if (/^d\s*(?:[;\n]|$)/.test(rest)) return { edit: (line) => ({ ...line, text: null }), length: 1 };
  const [added, kind, words = ''] = /^([iac])(?:\\\n?|(?=[ \t]))[ \t]*([^\n]+)/.exec(rest) ?? [];
  if (added !== undefined) {
    if (words.includes('\\')) return null;
    const edit = (line: Line): Line =>
      kind === 'i'
        ? { ...line, before: [...line.before, words] }
        : kind === 'a'
          ? { ...line, behind: [...line.behind, words] }
          : { ...line, text: words };
    return { edit, length: added.length };
  }
  const mark = rest[1] ?? '';
  if (rest[0] !== 's' || !/^[^\w\s\\]$/.test(mark)) return null;
  const parts: string[] = [''];
  let at = 2;
  for (; at < rest.length && parts.length < 3; at++) {
    const letter = rest[at] as string;
    if (letter === mark) parts.push('');
    else parts[parts.length - 1] += letter === '\\' ? `\\${rest[++at] ?? ''}` : letter;
  }
  const [flags = ''] = /^[gI]*/.exec(rest.slice(at)) ?? [];
  if (parts.length < 3) return null;
  const pattern = expression(parts[0] as string, extended, mark, flags);
  const replacement = replacementOf(parts[1] as string, mark);
  if (pattern === null || replacement === null) return null;
  return {
    edit: (line) => ({ ...line, text: (line.text ?? '').replace(pattern, replacement) }),
    length: at + flags.length,
  };
}

/** A regular expression of sed with at most one repetition, as one of JavaScript; null where it is another one. */
function expression(pattern: string, extended: boolean, mark: string, flags = ''): RegExp | null {
  let source = '';
  let repeated = 0;
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at] as string;
    if (letter === '\\') {
      const next = pattern[++at] ?? '';
      if (next === mark) source += escaped(next);
      else if (/[rnts]/.test(next)) source += `\\${next}`;
      else if (/[.*[\]^$/\\-]/.test(next) || (extended && /[(){}+?|]/.test(next))) source += escaped(next);
      else if (!extended && /[()]/.test(next)) source += next;
      else return null;
    } else if (letter === '[') {
      const [found] = /^\[\^?[\w \t.,:;/@#%&+=~<>"'$*?!-]+\]/.exec(pattern.slice(at)) ?? [];
      if (found === undefined || /\[[:.=]/.test(found.slice(1))) return null;
      source += found;
      at += found.length - 1;
    } else if (letter === '*' || (extended && letter === '+')) {
      if (++repeated > 1 || /(^|[(^])$/.test(source) || source.endsWith(')')) return null;
      source += letter;
    } else if (extended && /[()]/.test(letter)) source += letter;
    else if (extended && /[{}?|]/.test(letter)) return null;
    else if (letter === '.' || (letter === '^' && at === 0) || (letter === '$' && at === pattern.length - 1))
      source += letter;
    else source += escaped(letter);
  }
  try {
    return new RegExp(source, `${flags.includes('g') ? 'g' : ''}${flags.includes('I') ? 'i' : ''}`);
  } catch {
    return null;
  }
}

const escaped = (letter: string): string => letter.replace(/[.*+?^${}()|[\]\\/-]/, '\\$&');

/** What takes the place of a match, as JavaScript writes it. */
function replacementOf(text: string, mark: string): string | null {
  let made = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    if (letter === '&') made += '$&';
    else if (letter === '$') made += '$$';
    else if (letter !== '\\') made += letter;
    else {
      const next = text[++at] ?? '';
      if (/[1-9]/.test(next)) made += `$${next}`;
      else if (next === 'n') made += '\n';
      else if (next === 't') made += '\t';
      else if (next === mark || /[&/\\.$"'-]/.test(next)) made += next === '$' ? '$$' : next;
      else return null;
    }
  }
  return made;
}
