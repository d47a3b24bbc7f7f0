import { baseName } from '../syntax/paths.ts';
import { isShell } from '../syntax/shell-name.ts';

/** Interpreters that wait, as shells do, for a person when nothing is given to them, by their manuals. */
const CONSOLES =
  /^(python[23]?|pypy3?|node|bun|irb|jshell|erl|iex|ghci|perl|php|clojure|clj|scala|swipl|R|julia|lua|utop|swift)$/;

/** Runs the file that stands first among its words, which takes the words behind it, by their manuals. */
export const runsFile = (program: string): boolean =>
  /^(python[\d.]*|pypy3?|node|java|ruby|perl|php)$/.test(baseName(program));

/** The container starts a console and nothing by itself: what is done in it the file does not tell. */
export function isConsole([program, ...words]: readonly string[]): boolean {
  return (
    program !== undefined &&
    (isShell(program) || CONSOLES.test(baseName(program))) &&
    words.every((word) => /^(-\w+|bash)$/.test(word))
  );
}

/** The container only waits, for commands that somebody runs in it: `tail -f /dev/null`, `sleep infinity`. */
export function waits(argv: readonly (string | null)[]): boolean {
  const [program, ...words] = argv.map((word) => word ?? '');
  const name = baseName(program ?? '');
  return (name === 'tail' && words.at(-1) === '/dev/null') || (name === 'sleep' && words.length > 0);
}

/** Servers that run what others send them, with whatever tools the image has: https://www.jenkins.io/doc/book/using/using-agents/ */
const AGENTS = /^(jenkins-agent|jenkins-slave|jenkins\.sh)$/;

/** What the container starts runs jobs, of which the file does not tell what they use. */
export const runsJobs = (argv: readonly (string | null)[]): boolean =>
  argv.some((word) => AGENTS.test(baseName(word ?? '')));

/** Installs a package manager's own newer version and nothing else, which compiles nothing: `pip install --upgrade pip`. */
export function updatesItself(argv: readonly (string | null)[]): boolean {
  const words = argv.slice(1);
  const isOwn = (word: string | null): boolean => /^(pip|setuptools|wheel|npm|yarn|pnpm|bundler)$/.test(word ?? '');
  return words.some(isOwn) && words.every((word) => isOwn(word) || /^(-.*|i|install|add)$/.test(word ?? ''));
}
