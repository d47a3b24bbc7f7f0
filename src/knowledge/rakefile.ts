import { table } from './table.ts';

/** A task with the tasks before it and its lines; null lines are ones that are not understood. */
interface Task {
  readonly before: readonly string[];
  readonly lines: readonly (string | null)[];
}

const STRING = `(?:"[^"#\\\\]*"|'[^'\\\\]*')`;
const NAME = '(?::(\\w+)|"([\\w:]+)"|(\\w+))';
const TASK = new RegExp(
  `^task\\s*(?:\\(\\s*)?${NAME}\\)?\\s*(?:(?:=>|:)\\s*(\\[[^\\]]*\\]|:\\w+|"\\w+")\\)?\\s*|\\)\\s*)?(do)?$`,
);
const CALL = new RegExp(`^(\\w+)\\s*(?:\\(\\s*)?(${STRING}(?:\\s*,\\s*${STRING})*)(?:\\s*\\))?( do)?$`);
/** https://docs.ruby-lang.org/en/master/FileUtils.html, which rake makes its own: https://ruby.github.io/rake/ */
const SHELL = table<string>({
  mkdir: 'mkdir',
  mkdir_p: 'mkdir -p',
  mv: 'mv',
  cp: 'cp',
  cp_r: 'cp -r',
  rm: 'rm',
  rm_f: 'rm -f',
  rm_r: 'rm -r',
  rm_rf: 'rm -rf',
  touch: 'touch',
  ruby: 'ruby',
});

/**
 * The shell form of what rake runs for some tasks; null of a Rakefile that is more than a list of tasks with plain calls, for
 * a Rakefile is a program of its own.
 */
export function rakefileScript(text: string, wanted: readonly string[]): string | null {
  const tasks = readTasks(text);
  if (tasks === null) return null;
  const done = new Set<string>();
  const lines: (string | null)[] = [];
  const run = (name: string, depth: number): void => {
    const task = tasks.get(name);
    if (done.has(name)) return;
    done.add(name);
    if (task === undefined || depth > 8) lines.push(null);
    for (const before of task?.before ?? []) run(before, depth + 1);
    lines.push(...(task?.lines ?? []));
  };
  for (const name of wanted.length > 0 ? wanted : ['default']) run(name, 0);
  return lines.includes(null) ? null : lines.join('\n');
}

function readTasks(text: string): ReadonlyMap<string, Task> | null {
  const tasks = new Map<string, Task>();
  let open: { name: string; before: string[]; lines: (string | null)[]; depth: number } | null = null;
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#') || /^desc\b/.test(line) || /^require ['"]rake(\/clean)?['"]$/.test(line))
      continue;
    if (open === null) {
      const match = TASK.exec(line);
      if (match === null) return null;
      const name = match[1] ?? match[2] ?? match[3] ?? '';
      const before = [...(match[4] ?? '').matchAll(/[:"](\w+)/g)].map((found) => found[1] as string);
      if (match[5] === undefined) tasks.set(name, { before, lines: [] });
      else open = { name, before, lines: [], depth: 0 };
    } else if (line === 'end') {
      if (open.depth > 0) {
        open.depth--;
        open.lines.push(')');
      } else {
        tasks.set(open.name, { before: open.before, lines: open.lines });
        open = null;
      }
    } else {
      const shell = shellOf(line);
      if (shell?.endsWith('(')) open.depth++;
      // Any block that is not understood hides where its task ends.
      if (shell === null && /\bdo\b|\{|^(if|unless|case|while|begin|def)\b/.test(line)) return null;
      open.lines.push(...(shell?.endsWith('(') ? ['(', shell.slice(0, -1)] : [shell]));
    }
  }
  return open === null ? tasks : null;
}

/** One call as a shell command; a block of `cd` opens a subshell. */
function shellOf(line: string): string | null {
  const [, name = '', given = '', block] = CALL.exec(line) ?? [];
  const words = [...given.matchAll(new RegExp(STRING, 'g'))].map((match) => match[0].slice(1, -1));
  if (words.length === 0 || words.some((word) => word.includes("'"))) return null;
  const quoted = words.map((word) => `'${word}'`).join(' ');
  if (/^(cd|chdir)$/.test(name)) return block === undefined ? null : `cd ${quoted}(`;
  if (block !== undefined) return null;
  if (name === 'puts') return ':';
  // One word goes to the shell, several are the program and its arguments.
  if (name === 'sh') return words.length === 1 ? (words[0] as string) : quoted;
  if (name === 'ruby') return words.length === 1 ? `ruby ${words[0]}` : `ruby ${quoted}`;
  return Object.hasOwn(SHELL, name) ? `${SHELL[name]} ${quoted}` : null;
}
