/** Taskfile: https://taskfile.dev/docs/reference/schema. Of a file with more than this reads, null is said. */
interface Task {
  readonly folder: string | null;
  readonly before: readonly string[];
  /** A command, or the name of a task behind `@`. */
  readonly commands: readonly string[];
}

interface Line {
  readonly indent: number;
  readonly text: string;
}

const MOST_DEPTH = 10;
/** Keys that change nothing of what runs on a first build, in a shell without a terminal. */
const HARMLESS =
  /^(desc|summary|silent|sources|generates|method|aliases|label|internal|interactive|run|prefix|output|prompt)$/;

function unquote(text: string): string {
  const plain = text.trim();
  const quote = plain[0];
  if ((quote !== '"' && quote !== "'") || plain.length < 2 || !plain.endsWith(quote)) {
    const comment = plain.search(/\s#/);
    return comment < 0 ? plain : plain.slice(0, comment).trimEnd();
  }
  const inner = plain.slice(1, -1);
  return quote === "'" ? inner.replaceAll("''", "'") : inner.replace(/\\(["\\])/g, '$1');
}

function linesOf(text: string): readonly Line[] {
  return text
    .replace(/\r\n/g, '\n')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*#/.test(line))
    .map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }));
}

/** What is indented deeper than a line. */
function below(lines: readonly Line[], at: number): readonly Line[] {
  const own = lines[at]?.indent ?? 0;
  const end = lines.findIndex(
    (line, index) => index > at && line.indent <= own && !(line.indent === own && line.text.startsWith('- ')),
  );
  return lines.slice(at + 1, end < 0 ? undefined : end);
}

/** The keys of a mapping with the text behind them and what lies below; null where a line is none. */
function keysOf(lines: readonly Line[]): readonly { key: string; value: string; inner: readonly Line[] }[] | null {
  const first = lines[0]?.indent ?? 0;
  const found: { key: string; value: string; inner: readonly Line[] }[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.indent !== first || line.text.startsWith('- ')) continue;
    const match = /^(["']?)([\w:.*-]+)\1:(?:\s+(.*))?$/.exec(line.text);
    if (match === null) return null;
    found.push({ key: match[2] as string, value: match[3] ?? '', inner: below(lines, index) });
  }
  return found;
}

/** The entries of a list: commands, and `@name` for a task; null of anything else. */
function entries(value: string, inner: readonly Line[]): readonly string[] | null {
  if (/^\[.*\]$/.test(value)) return value.slice(1, -1).trim() === '' ? [] : value.slice(1, -1).split(',').map(unquote);
  if (value !== '') return null;
  const found: (string | null)[] = [];
  for (const [index, { text, indent }] of inner.entries()) {
    if (!text.startsWith('- ')) {
      if (indent <= (inner[0]?.indent ?? 0)) return null;
      continue;
    }
    const body = text.slice(2).trim();
    const named = /^(task|cmd):(.*)$/.exec(body);
    if (body === '|' || body === '>' || /^\w+:\s*[|>]/.test(body))
      found.push(body.includes('>') || named?.[1] === 'task' ? null : block(inner, index));
    else if (named !== null)
      found.push(named[1] === 'task' ? `@${unquote(named[2] as string)}` : unquote(named[2] as string));
    else if (/^(defer|for|vars|if|platforms):/.test(body)) found.push(null);
    else found.push(unquote(body));
    // A call of a task with variables, or a command for one platform, is read by nobody here.
    const next = inner[index + 1];
    if (
      named !== null &&
      next !== undefined &&
      !next.text.startsWith('- ') &&
      !/^(silent|ignore_error):/.test(next.text) &&
      !body.includes('|')
    )
      found.push(null);
  }
  return found.includes(null) ? null : (found as string[]);
}

const block = (lines: readonly Line[], at: number): string => {
  const end = lines.findIndex(
    (line, index) => index > at && line.text.startsWith('- ') && line.indent <= (lines[at]?.indent ?? 0),
  );
  return lines
    .slice(at + 1, end < 0 ? undefined : end)
    .map(({ text }) => text)
    .join('\n');
};

function readTask(value: string, inner: readonly Line[]): Task | null {
  if (value !== '' && !value.startsWith('[')) return { folder: null, before: [], commands: [unquote(value)] };
  if (value !== '' || inner[0]?.text.startsWith('- ')) {
    const commands = entries(value, inner);
    return commands && { folder: null, before: [], commands };
  }
  let folder: string | null = null;
  let before: readonly string[] = [];
  let commands: readonly string[] = [];
  for (const field of keysOf(inner) ?? [{ key: '?', value: '', inner: [] }]) {
    if (HARMLESS.test(field.key)) continue;
    if (field.key === 'dir') folder = unquote(field.value);
    else if (field.key === 'deps') {
      const read = entries(field.value, field.inner);
      if (read === null) return null;
      before = read.map((name) => (name.startsWith('@') ? name : `@${name}`));
    } else if (field.key === 'cmds' || field.key === 'cmd') {
      const read =
        field.key === 'cmd' && field.value !== '' ? [unquote(field.value)] : entries(field.value, field.inner);
      if (read === null) return null;
      commands = read;
    } else return null;
  }
  return { folder, before, commands };
}

/** The commands that `task NAME…` runs, in order, as one shell script; null where the file has what is not read here. */
export function taskfileScript(text: string, names: readonly string[]): string | null {
  const top = keysOf(linesOf(text));
  const section = top?.find(({ key }) => key === 'tasks');
  // Templates, variables and included files are Go's business, not the shell's.
  if (
    section === undefined ||
    /\{\{/.test(text) ||
    top?.some(({ key }) => !/^(version|tasks|silent|output|run|interval)$/.test(key))
  )
    return null;
  const tasks = new Map((keysOf(section.inner) ?? []).map(({ key, value, inner }) => [key, readTask(value, inner)]));
  const lines: string[] = [];
  const run = (name: string, depth: number): boolean => {
    const task = tasks.get(name);
    if (task == null || depth > MOST_DEPTH) return false;
    return [...task.before, ...task.commands].every((command) => {
      if (command.startsWith('@')) return run(command.slice(1), depth + 1);
      lines.push(task.folder === null ? `(\n${command}\n)` : `(cd '${task.folder}'\n${command}\n)`);
      return true;
    });
  };
  return (names.length === 0 ? ['default'] : names).every((name) => run(name, 0)) && lines.length > 0
    ? `set -e\n${lines.join('\n')}`
    : null;
}
