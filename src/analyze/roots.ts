import { manifestScript } from '../knowledge/ecosystems.ts';
import type { Instruction } from '../syntax/document.ts';
import { defaultLimits } from '../syntax/limits.ts';
import { parseShell } from '../syntax/parse-shell.ts';
import { baseName, resolvePath } from '../syntax/paths.ts';
import { wordValue } from '../syntax/shell-value.ts';
import { commandsOf } from '../syntax/walk-shell.ts';
import { lookup } from './state.ts';
import type { Understanding } from './understand.ts';

/** A program that the container starts, by the word that names it. */
export interface Need {
  /** null where the word is not a constant. */
  readonly name: string | null;
  /** The call as a whole, the name first. */
  readonly argv: readonly (string | null)[];
  readonly instruction: Instruction;
  /** `CMD`, `entrypoint.sh`, `the start script` */
  readonly via: string;
}

export interface Roots {
  readonly needs: readonly Need[];
  /** Every word of the command lines, without its folder: a program may be started by another one. */
  readonly words: ReadonlySet<string>;
  /** Files named on the command lines, absolute. */
  readonly files: readonly string[];
  /** A shell is needed for a shell form or a script. */
  readonly shell: boolean;
  /** Scripts that the container runs and that could not be read. */
  readonly unread: readonly { readonly path: string; readonly instruction: Instruction }[];
  /** CMD or ENTRYPOINT is stated. */
  readonly stated: boolean;
}

const SHELL = /^(\/(usr\/)?bin\/)?(sh|bash|ash|dash)$/;
const WRAPPERS = /^(\/\S*\/)?(tini|dumb-init|gosu|su-exec|exec|env|sudo|nohup|time|-s|-g|-v|--)$/;
const SHELL_WORDS = new Set([
  'exec',
  'cd',
  'export',
  'set',
  'echo',
  'test',
  '[',
  'true',
  'false',
  ':',
  'exit',
  'exec',
  'trap',
  'wait',
  'eval',
  'source',
  '.',
  'shift',
  'unset',
  'local',
  'return',
  'read',
  'printf',
  'command',
  'type',
  'umask',
  'ulimit',
  'break',
  'continue',
]);

/** What CMD, ENTRYPOINT and HEALTHCHECK lead to. */
export function findRoots({ stage, files, final, document }: Understanding): Roots {
  const needs: Need[] = [];
  const named = new Set<string>();
  const spoken = new Set<string>();
  const unread: { path: string; instruction: Instruction }[] = [];
  let shell = false;
  let left = defaultLimits.commands;
  const workdir = final.workdir ?? '/';
  const last = (keyword: string): Instruction | undefined =>
    stage.instructions.findLast((instruction) => instruction.keyword === keyword);
  const script = (text: string, via: string, instruction: Instruction, depth: number): void => {
    const parsed = parseShell(text);
    shell = true;
    if ('message' in parsed) unread.push({ path: workdir, instruction });
    if ('message' in parsed || parsed.body === null) return;
    for (const node of commandsOf(parsed.body)) {
      if (left-- <= 0) {
        if (left === -1) unread.push({ path: workdir, instruction });
        return;
      }
      const argv = node.words.map((word) => wordValue(word, (name) => lookup(final, name) ?? null));
      program(argv, via, instruction, depth + 1);
    }
  };
  const program = (all: readonly (string | null)[], via: string, instruction: Instruction, depth = 0): void => {
    let argv = all;
    for (const word of all)
      if (word !== null) for (const part of word.split(/[\s;|&()"'`]+/)) spoken.add(baseName(part));
    for (const word of argv.slice(1))
      for (const part of (word ?? '').split(':')) {
        const path = part.replace(/\/\*$/, '');
        if (/^[\w./-]+$/.test(path) && !path.startsWith('-')) named.add(resolvePath(workdir, path));
      }
    while (argv.length > 1 && WRAPPERS.test(argv[0] ?? '')) {
      if (!/^(exec|--|-)/.test(argv[0] ?? ''))
        needs.push({ name: argv[0] ?? null, argv: argv.slice(0, 1), instruction, via });
      argv = argv.slice(/^-g$/.test(argv[0] ?? '') ? 2 : 1);
    }
    const name = argv[0];
    if (name === undefined || depth > 4) return;
    if (name !== null && SHELL.test(name)) {
      shell = true;
      const flag = argv.findIndex((word) => word !== null && /^-\w*c$/.test(word));
      if (flag > 0 && typeof argv[flag + 1] === 'string')
        return script(argv[flag + 1] as string, via, instruction, depth);
      const file = argv.slice(1).find((word) => word !== null && !word.startsWith('-'));
      if (typeof file === 'string') return scriptFile(resolvePath(workdir, file), instruction, depth);
      return;
    }
    if (name !== null && SHELL_WORDS.has(name)) return;
    needs.push({ name, argv, instruction, via });
    if (name === null) return;
    const text = manifestScript(argv, workdir, files);
    if (text === null) unread.push({ path: workdir, instruction });
    if (text !== undefined)
      return text === null ? undefined : script(text, `a script that ${name} runs`, instruction, depth);
    const path = name.includes('/')
      ? resolvePath(workdir, name)
      : /\.sh$|entrypoint/.test(name)
        ? `/usr/local/bin/${name}`
        : null;
    if (path !== null) {
      named.add(path);
      const text = files.read(path);
      if (text !== null && /^#!.*\b(ba|a|da)?sh\b/.test(text)) scriptFile(path, instruction, depth);
      else if (text === '' || (text === null && /\.sh$/.test(path)) || (text !== null && /\.sh$/.test(path)))
        scriptFile(path, instruction, depth);
    }
  };
  const scriptFile = (path: string, instruction: Instruction, depth: number): void => {
    shell = true;
    named.add(path);
    const text = files.read(path);
    if (text === null || text.trim() === '') unread.push({ path, instruction });
    else script(text, path.slice(path.lastIndexOf('/') + 1), instruction, depth);
  };
  const [cmd, entrypoint, health] = [last('CMD'), last('ENTRYPOINT'), last('HEALTHCHECK')];
  for (const instruction of [entrypoint, cmd]) {
    if (instruction === undefined) continue;
    if (instruction.exec !== null) {
      if (
        instruction === cmd &&
        entrypoint !== undefined &&
        !(entrypoint.exec ?? []).every((word) => WRAPPERS.test(word) || SHELL.test(word))
      ) {
        for (const word of instruction.exec) if (/^[\w./-]+$/.test(word)) named.add(resolvePath(workdir, word));
        // An entrypoint script usually runs its arguments.
        if (/\.sh$|entrypoint/.test((entrypoint.exec ?? [entrypoint.rest.text]).join(' ')))
          program(instruction.exec, 'CMD', instruction);
        continue;
      }
      program(instruction.exec, instruction.keyword, instruction);
    } else script(instruction.rest.text, instruction.keyword, instruction, 0);
  }
  if (health !== undefined && !/^NONE\b/i.test(health.rest.text)) {
    if (health.exec !== null) program(health.exec, 'HEALTHCHECK', health);
    else script(health.rest.text.replace(/^CMD\s+/i, ''), 'HEALTHCHECK', health, 0);
  }
  if (document.stages.length === 0) shell = true;
  return {
    needs,
    words: spoken,
    files: [...named],
    shell,
    unread,
    stated: cmd !== undefined || entrypoint !== undefined,
  };
}
