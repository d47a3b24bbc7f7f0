import type { BuildEffect } from '../knowledge/ecosystem.ts';
import { isSettingsCommand, isSettingsScript } from '../knowledge/ecosystems.ts';
import { parseShell } from '../syntax/parse-shell.ts';
import { resolvePath } from '../syntax/paths.ts';
import type { ShellNode } from '../syntax/shell.ts';
import { isReadShell, isTextFlag, startsShell } from '../syntax/shell-name.ts';
import {
  branch,
  type CommandFacts,
  expandsBraces,
  type Scope,
  type ShellWorld,
  value,
  type Walk,
} from './shell-world.ts';
import { asUser } from './wrappers.ts';

/** Scripts and functions that call each other are followed this far. */
export const MAX_DEPTH = 6;

/** A call of a script or a function, with all that its commands take over. */
export interface Call {
  readonly world: ShellWorld;
  readonly scope: Scope;
  readonly found: CommandFacts[];
  readonly base: Omit<CommandFacts, 'effects' | 'entry' | 'says' | 'ecosystem'>;
  readonly add: (effects: readonly BuildEffect[], entry: string, says: string) => void;
  readonly walk: Walk;
  readonly node: Extract<ShellNode, { kind: 'command' }>;
}

type Words = readonly (string | null)[];

/** True for a program that runs shell text. */
export const isShellCall = (name: string): boolean => isReadShell(name) || /^(su|eval|\.|source)$/.test(name);

const ARGUMENTS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '@', '*', '#'];

/** What `setArguments` set before. */
export const argumentsOf = ({ variables }: Scope): ReadonlyMap<string, string | null | undefined> =>
  new Map(ARGUMENTS.map((name) => [name, variables.get(name)]));

/** Sets `$0`, `$1` … `$#` and `$@`. */
export function setArguments({ variables }: Scope, argv: Words): void {
  for (let index = 0; index < 10; index++)
    variables.set(String(index), index < argv.length ? (argv[index] ?? null) : '');
  const all = argv.slice(1);
  for (const name of ['@', '*']) variables.set(name, all.includes(null) ? null : all.join(' '));
  variables.set('#', String(all.length));
}

/** How a script is called. */
interface Manner {
  /** Its name and its arguments; null leaves those of the caller. */
  readonly argv?: Words | null;
  /** In the shell that calls it: what it sets and where it goes stays. */
  readonly here?: boolean;
  /** The file that holds it. */
  readonly from?: string | null;
}

/** Reads the text of a script; its commands take the span of the call. False where it cannot be read. */
export function nested(text: string, call: Call, { argv = null, here = false, from = null }: Manner = {}): boolean {
  const { world, scope, found, base, walk } = call;
  if (scope.depth >= MAX_DEPTH) return false;
  const script = parseShell(text);
  if ('message' in script) return false;
  const facts: CommandFacts[] = [];
  const inner = { ...(here ? scope : branch(scope)), ended: false, depth: scope.depth + 1 };
  if (argv !== null) setArguments(inner, argv);
  // https://www.gnu.org/software/bash/manual/html_node/Bash-Variables.html
  if (argv !== null) inner.variables.set('BASH_SOURCE', argv[0] ?? null);
  if (script.body !== null) walk(script.body, world, inner, facts);
  if (here) scope.cwd = inner.cwd;
  if (here && inner.foreign) scope.foreign = true;
  for (const one of facts)
    found.push({ ...one, span: base.span, words: [], scripts: from === null ? one.scripts : [...one.scripts, from] });
  return true;
}

/** `sh -c TEXT`, `sh FILE`, `sh <<EOF`, `su -c TEXT`, `eval TEXT`, `. FILE`. */
export function shellCall(name: string, argv: Words, call: Call): void {
  const { world, scope, add, node } = call;
  const unknown = (why: string): void => add([{ kind: 'unknown', why }], 'commands/shell', 'runs a script');
  if (name === '.' || name === 'source') return sourced(argv, call);
  const user = name === 'su' ? (argv.slice(1).find((word) => word !== null && !word.startsWith('-')) ?? 'root') : null;
  const login = user !== null && argv.some((word) => /^(-|-l|--login)$/.test(word ?? ''));
  const own: Call = {
    ...call,
    world: {
      ...(user === null ? world : asUser(world, user)),
      ...(isReadShell(name) ? { braces: expandsBraces(name, world.image) } : {}),
    },
  };
  const inside: Call = login ? { ...own, scope: { ...scope, cwd: own.world.home } } : own;
  const flag = argv.findIndex((word, index) => index > 0 && (isTextFlag(word) || word === '--command'));
  if (name === 'eval') {
    if (node.words.length === 2 && isSettingsCommand(node.words[1]?.raw ?? ''))
      return add([], 'commands/shell#eval', 'reads settings');
    const text = argv.slice(1).join(' ');
    if (!argv.includes(null) && nested(text, call, { here: true })) return;
    scope.foreign = true;
    return unknown('the script it runs cannot be read');
  }
  if (flag > 0) {
    const text = argv[flag + 1];
    if (typeof text === 'string' && nested(text, inside, { argv: ['sh', ...argv.slice(flag + 3)] })) return;
    return unknown('the script it runs cannot be read');
  }
  if (user !== null) return unknown('the script it runs is not known');
  const heredoc = node.redirects.findLast((redirect) => redirect.heredoc !== null)?.heredoc ?? null;
  const input = node.redirects.findLast((redirect) => redirect.operator === '<' && redirect.target !== null)?.target;
  const options = argv
    .slice(1)
    .filter((word) => word === null || !/^([-+][a-zA-Z]+|--\w+|pipefail|errexit|nounset|xtrace)$/.test(word));
  if (heredoc !== null && options.length === 0)
    return nested(heredoc, inside, { argv }) ? undefined : unknown('the script it runs cannot be read');
  const script = input != null && options.length === 0 ? value(input, world, scope) : options[0];
  if (script == null || (scope.cwd === null && !script.startsWith('/')))
    return unknown('the script it runs is not known');
  contextScript(script, argv.slice(argv.indexOf(script) + 1), inside, name);
}

/** A script that runs in the shell itself: what it sets and where it goes stays. */
function sourced(argv: Words, call: Call): void {
  const { world, scope, add } = call;
  const path = scope.cwd === null && !argv[1]?.startsWith('/') ? null : resolvePath(scope.cwd ?? '/', argv[1] ?? '');
  const venv = /^(.*)\/bin\/activate$/.exec(path ?? '')?.[1];
  if (venv !== undefined) world.memory.set('venv-on-path', venv);
  if (venv === undefined && isSettingsScript(argv[1] ?? '')) scope.foreign = true;
  if (venv !== undefined || isSettingsScript(argv[1] ?? '')) return add([], 'commands/shell#source', 'reads settings');
  const text = path === null ? null : world.files.read(path);
  const source = scope.variables.get('BASH_SOURCE');
  scope.variables.set('BASH_SOURCE', argv[1] ?? null);
  const read = text !== null && text.trim() !== '' && nested(text, call, { here: true, from: path });
  if (source !== undefined) scope.variables.set('BASH_SOURCE', source);
  if (read) return;
  scope.foreign = true;
  add([{ kind: 'unknown', why: 'it runs a script that is not read' }], 'commands/shell#source', 'reads settings');
}

/** `--help`, `--version`: https://www.gnu.org/prep/standards/html_node/Command_002dLine-Interfaces.html */
export const asksForHelp = (argv: Words): boolean => argv.length === 2 && /^--(version|help)$/.test(argv[1] ?? '');

/** A script of the build context, read where it is called; its first line names its shell, or the call does. */
export function contextScript(name: string, words: Words, call: Call, shell?: string): void {
  const { world, scope, add } = call;
  const path = name.startsWith('/') ? name : scope.cwd === null ? null : resolvePath(scope.cwd, name);
  const text = path === null ? null : world.files.read(path);
  const isText = text !== null && text.trim() !== '' && (startsShell(text, isReadShell) || !text.startsWith('#!'));
  const first = /^#!\s*(?:\S*\/env\s+)?(\S+)/.exec(text ?? '')?.[1] ?? 'sh';
  const inside = { ...call, world: { ...world, braces: expandsBraces(shell ?? first, world.image) } };
  if (isText && nested(text, inside, { argv: [name, ...words], from: path })) return;
  if (text === null && asksForHelp([name, ...words]))
    return add([{ kind: 'prints' }], 'commands/*#version', 'prints what it is');
  const why = text === null ? `${name} is not in the build context` : `${name} cannot be read as a shell script`;
  add([{ kind: 'unknown', why }], 'commands/shell#script', `runs ${name}`);
}
