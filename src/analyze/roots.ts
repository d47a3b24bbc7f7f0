import { manifestScript } from '../knowledge/ecosystems.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import { isConsole, waits } from '../knowledge/interactive.ts';
import { namedByText } from '../knowledge/program-text.ts';
import type { Starter } from '../knowledge/starter.ts';
import { commandPlaces, starterOf } from '../knowledge/starters.ts';
import type { Instruction } from '../syntax/document.ts';
import { defaultLimits } from '../syntax/limits.ts';
import { parseShell } from '../syntax/parse-shell.ts';
import { baseName, parentFolder, resolvePath } from '../syntax/paths.ts';
import type { ShellNode, ShellWord } from '../syntax/shell.ts';
import { isShell, isShellScript, isTextFlag } from '../syntax/shell-name.ts';
import { hasGlob, wordValue } from '../syntax/shell-value.ts';
import { commandsOf, functionsOf, substitutionsOf } from '../syntax/walk-shell.ts';
import { hasDefault, takesArguments } from './handed-on.ts';
import { locatedProgram, type Meanings, meaningsOf, meantBy, visitedFolders } from './meanings.ts';
import { pipedScripts } from './piped-scripts.ts';
import { BUILT_IN, behindFolder, NUMBERED, onlyWraps, SHELL_WORDS, withoutPattern } from './root-words.ts';
import type { CommandFacts } from './shell-world.ts';
import { startedScripts } from './sources.ts';
import { lookup } from './state.ts';
import type { Understanding } from './understand.ts';
import { behindWrapper } from './wrappers.ts';

/** A program that the container starts, by the word that names it. */
export interface Need {
  /** null where the word is not a constant. */
  readonly name: string | null;
  /** The call as a whole, the name first. */
  readonly argv: readonly (string | null)[];
  readonly instruction: Instruction;
  /** `CMD`, `entrypoint.sh`, `the start script` */
  readonly via: string;
  /** It is the command that an entrypoint script is given: `exec "$@"`. */
  readonly given: boolean;
  /** Its arguments are constants, no patterns: what they name is among the files. */
  readonly constant: boolean;
}

/** A program whose name is a constant. */
export type NamedNeed = Need & { readonly name: string };

/** Whether the program's name is a constant. What starts with a dash is a flag for what CMD is handed to. */
export const isNamed = (need: Need): need is NamedNeed => need.name !== null && !need.name.startsWith('-');

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
  /** An entrypoint script starts the command that it is given, and the file gives it none. */
  readonly awaits: boolean;
}

/** How a program is called in a script. */
interface Call {
  readonly depth: number;
  readonly folder: string;
  readonly given: boolean;
  readonly constant: boolean;
}

/** Where a part of a script stands. */
interface Place {
  readonly via: string;
  readonly instruction: Instruction;
  readonly depth: number;
  /** The folder that it runs in. */
  readonly start: string;
  /** The folder of the script's file. */
  readonly home: string;
  readonly meanings: Meanings;
}

/** `https://example.com` names no file, `file:///srv/list` does. */
const isAddress = (word: string): boolean => /^(?!file:)[a-z][\w+.-]*:\/\//i.test(word);

/** The calls of the build that hand a starter files with commands. */
const fedCalls = (starter: Starter | undefined, { steps }: Understanding): readonly CommandFacts[] =>
  starter?.fedBy === undefined
    ? []
    : steps.flatMap(({ commands }) => commands).filter(({ argv }) => baseName(argv[0] ?? '') === starter.fedBy);

/** The words that a variable stands for where no quotes keep it in one. */
const fieldsOf = ({ raw }: ShellWord, value: string | null): readonly (string | null)[] =>
  value !== null && /^\$(\w+|\{\w+\})$/.test(raw) && /\s/.test(value) ? value.trim().split(/\s+/) : [value];

/** Of a folder that a script goes through. */
const MOST_SCRIPTS = 50;

/** What CMD, ENTRYPOINT and HEALTHCHECK lead to. */
export function findRoots(understanding: Understanding): Roots {
  const { stage, files, changed, final, document, image } = understanding;
  const needs: Need[] = [];
  const named = new Set<string>();
  const spoken = new Set<string>();
  const unread: { path: string; instruction: Instruction }[] = [];
  let shell = false;
  let awaits = false;
  /** Functions of files that scripts read in. */
  const sourced = new Set<string>();
  const visited: { path: string; instruction: Instruction }[] = [];
  let left = defaultLimits.commands;
  const workdir = final.workdir ?? '/';
  const ownTexts = stage.instructions.filter(({ keyword }) => /^(COPY|ADD|RUN)$/.test(keyword));
  // A script that the image brings along, such as catalina.sh, unless the file may put another one in its place.
  const isOfImage = (name: string): boolean =>
    image?.programs.includes(name) === true &&
    !ownTexts.some(
      ({ keyword, rest: { text } }) => text.includes(name) || (keyword !== 'RUN' && /bin\/?["\]\s]*$/.test(text)),
    );
  const last = (keyword: string): Instruction | undefined =>
    stage.instructions.findLast((instruction) => instruction.keyword === keyword);
  // What may not be started at all has to be there only if the image had it.
  const ofImage = (read: () => void): void => {
    const count = needs.length;
    read();
    const found = needs.splice(count);
    needs.push(...found.filter((need) => need.name !== null && image?.programs.includes(baseName(need.name))));
  };
  const script = (
    text: string,
    via: string,
    instruction: Instruction,
    depth: number,
    start = workdir,
    home = start,
  ): void => {
    const parsed = parseShell(text);
    shell = true;
    if ('message' in parsed) unread.push({ path: workdir, instruction });
    if ('message' in parsed || parsed.body === null) return;
    const known = needs.length;
    const meanings = meaningsOf(parsed.body);
    walk(parsed.body, functionsOf(parsed.body), new Map(), { via, instruction, depth, start, home, meanings });
    if (cmd === undefined && needs.slice(known).some((need) => need.given) && !hasDefault(text)) awaits = true;
  };
  const walk = (
    body: ShellNode,
    functions: ReadonlySet<string>,
    variables: Map<string, string | null>,
    place: Place,
  ): void => {
    const { via, instruction, depth, start, home, meanings } = place;
    let folder = start;
    const value = (word: ShellWord): string | null =>
      wordValue(
        word,
        (name) => (variables.has(name) ? variables.get(name) : (lookup(final, name) ?? null)),
        locatedProgram,
      );
    for (const path of visitedFolders(body, start, value)) visited.push({ path, instruction });
    for (const node of commandsOf(body)) {
      if (left-- <= 0) {
        if (left === -1) unread.push({ path: workdir, instruction });
        return;
      }
      for (const { name, value: given } of node.assignments)
        variables.set(name, variables.has(name) || given === null ? null : value(given));
      const values = node.words.map(value);
      const argv = node.words.flatMap((word, index) => fieldsOf(word, values[index] ?? null));
      for (const [index, word] of node.words.slice(0, 2).entries()) {
        const name = values[index] === null && depth < 4 ? behindFolder(word) : undefined;
        const path = resolvePath(home, name ?? '');
        if (name !== undefined && isScript(path)) scriptFile(path, instruction, depth + 1, folder);
      }
      if (argv[0] === 'cd' && argv[1] != null) folder = resolvePath(folder, argv[1]);
      const given = node.words.some(({ raw }) => /^"?\$[@*]"?$/.test(raw));
      const constant = node.words.every((word, index) => given || (values[index] !== null && !hasGlob(word)));
      const [first] = node.words;
      for (const words of first === undefined || argv[0] !== null || given ? [] : meantBy(first, meanings)) {
        const meant = words.flatMap((word) => value(word)?.trim().split(/\s+/) ?? [null]);
        if (meant[0] != null && meant[0] !== '' && !functions.has(meant[0]))
          ofImage(() =>
            program([...meant, ...argv.slice(1)], via, instruction, {
              depth: depth + 1,
              folder,
              given,
              constant: false,
            }),
          );
      }
      const fed = node.redirects.findLast(({ heredoc }) => heredoc !== null);
      if (fed?.heredoc != null && isShell(argv[0] ?? '') && argv.slice(1).every((word) => word?.startsWith('-')))
        script(
          (fed.expanded === null ? null : value(fed.expanded)) ?? fed.heredoc,
          via,
          instruction,
          depth + 1,
          folder,
        );
      if (!functions.has(argv[0] ?? '') && !sourced.has(argv[0] ?? ''))
        program(argv, via, instruction, { depth: depth + 1, folder, given, constant });
    }
    for (const text of pipedScripts(body, value))
      if (text === null) unread.push({ path: 'what a pipe hands to a shell', instruction });
      else script(text, via, instruction, depth + 1, start);
    for (const inner of substitutionsOf(body))
      if (typeof inner === 'string') script(inner, via, instruction, depth, start);
      else walk(inner, functions, new Map(variables), place);
  };
  const program = (
    all: readonly (string | null)[],
    via: string,
    instruction: Instruction,
    { depth, folder, given, constant }: Call = { depth: 0, folder: workdir, given: false, constant: true },
  ): void => {
    let argv = all;
    const need = (call: readonly (string | null)[]): number => {
      const name = call[0] || null;
      return needs.push({ name, argv: call, instruction, via, given: given && name === null, constant });
    };
    for (const word of all)
      if (word !== null) for (const part of word.split(/[\s;|&()"'`]+/)) spoken.add(baseName(part));
    for (const word of NUMBERED.test(argv[0] ?? '') ? [] : argv.slice(1))
      for (const part of isAddress(word ?? '') ? [] : (word ?? '').split(':')) {
        const path = withoutPattern(part);
        if (/^[\w./-]+$/.test(path) && !path.startsWith('-')) named.add(resolvePath(folder, path));
      }
    for (let at = behindWrapper(argv); at !== null && at < argv.length; at = behindWrapper(argv)) {
      if (!BUILT_IN.test(argv[0] ?? '')) need(argv.slice(0, 1));
      argv = argv.slice(at);
    }
    const name = argv[0];
    if (name === undefined || depth > 4) return;
    if (name !== null && isShell(name)) {
      shell = true;
      const flag = argv.findIndex(isTextFlag);
      if (flag > 0 && typeof argv[flag + 1] === 'string')
        return script(argv[flag + 1] as string, via, instruction, depth, folder);
      const file = argv.slice(1).find((word) => word !== null && !word.startsWith('-'));
      if (typeof file === 'string') return scriptFile(resolvePath(folder, file), instruction, depth, folder);
      return;
    }
    if ((name === 'source' || name === '.') && typeof argv[1] === 'string') {
      const path = resolvePath(folder, argv[1]);
      if (files.read(path) !== null) scriptFile(path, instruction, depth, folder);
      const parsed = parseShell(files.read(path) ?? '');
      for (const defined of 'message' in parsed ? [] : functionsOf(parsed.body)) sourced.add(defined);
    }
    if (name === null) {
      need(argv);
      return;
    }
    started(name, argv, via, instruction, depth, folder);
    for (const named of namedByText(argv)) maybe([named], via, instruction, depth + 1, folder);
    if (SHELL_WORDS.has(name)) return;
    need(argv);
    for (const at of commandPlaces(argv)) maybe(argv.slice(at), via, instruction, depth + 1, folder);
    const text = manifestScript(argv, folder, files);
    if (text === null) unread.push({ path: folder, instruction });
    if (text !== undefined)
      return text === null ? undefined : script(text, `a script that ${name} runs`, instruction, depth, folder);
    if (name.endsWith('.sh')) shell = true;
    const path = name.includes('/')
      ? resolvePath(folder, name)
      : isOfImage(name)
        ? null
        : (onPath(name) ?? (/\.sh$|entrypoint/.test(name) ? `/usr/local/bin/${name}` : null));
    if (path === null) return;
    named.add(path);
    if (changed.has(path)) return scriptFile(path, instruction, depth, folder);
    const content = files.read(path);
    const [line = '', first = '', second = ''] = /^#!\s*(\S+)(?:[ \t]+(?:-S[ \t]*)?(\S+))?.*/.exec(content ?? '') ?? [];
    const interpreter = baseName(/\/env$/.test(first) ? second : first);
    if (interpreter !== '') spoken.add(interpreter);
    if (content === '' || isShellScript(path, line)) return scriptFile(path, instruction, depth, folder);
    if (line === '') return;
    // What an application in the language of its image starts is read from its sources.
    if (image !== null && interpreter.replace(/\d.*/s, '') === image.interpreter) return;
    shell = true;
    need([interpreter, path]);
    unread.push({ path, instruction });
  };
  /** What a starter is told to start, by its words or by its settings. */
  const started = (
    name: string,
    argv: readonly (string | null)[],
    via: string,
    instruction: Instruction,
    depth: number,
    folder: string,
  ): void => {
    const starter = starterOf(name);
    const fed = fedCalls(starter, understanding).flatMap(
      (call) => starterOf(call.argv[0] ?? '')?.starts(call.argv, call.cwd ?? '/', files) ?? [],
    );
    const from = starter?.everyday === true ? via : `what ${name} starts`;
    for (const start of [...(starter?.starts(argv, folder, files) ?? []), ...fed])
      if (start === null) unread.push({ path: `the configuration of ${name}`, instruction });
      else if ('script' in start) script(start.script, from, instruction, depth, folder);
      else program(start.argv, from, instruction, { depth: depth + 1, folder, given: false, constant: false });
  };
  /** Words that are a command only if the program before them takes them for one. */
  const maybe = (
    argv: readonly (string | null)[],
    via: string,
    instruction: Instruction,
    depth: number,
    folder: string,
  ): void => {
    const name = argv[0] as string;
    const path = resolvePath(folder, name);
    if (depth > 4) return;
    if (isScript(path)) scriptFile(path, instruction, depth, folder);
    else if (isShell(name) || image?.programs.includes(baseName(name)))
      program(argv, via, instruction, { depth, folder, given: false, constant: false });
    else started(name, argv, via, instruction, depth, folder);
  };
  const isScript = (path: string): boolean => {
    const text = files.read(path);
    return text !== null && (text === '' || isShellScript(path, text));
  };
  /** The file of the build context that a bare name stands for. */
  const onPath = (name: string): string | undefined =>
    (final.env.get('PATH') ?? '')
      .split(':')
      .map((place) => `${place}/${name}`)
      .find((path) => files.read(path) !== null);
  const scriptFile = (path: string, instruction: Instruction, depth: number, folder: string): void => {
    shell = true;
    named.add(path);
    const text = changed.has(path) ? null : files.read(path);
    if (text === null || text.trim() === '') unread.push({ path, instruction });
    else script(text, baseName(path), instruction, depth, folder, parentFolder(path));
  };
  const [cmd, entrypoint, health] = [last('CMD'), last('ENTRYPOINT'), last('HEALTHCHECK')];
  for (const instruction of [entrypoint, cmd]) {
    if (instruction === undefined) continue;
    if (instruction.exec !== null) {
      // `ENTRYPOINT ["bash", "-c"]`: the first word of CMD is the text.
      const before = instruction === cmd ? (entrypoint?.exec ?? []) : [];
      if (isTextFlag(before.at(-1)) && before.some(isShell)) {
        program([...before, ...instruction.exec], 'CMD', instruction);
        continue;
      }
      if (instruction === cmd && entrypoint !== undefined && !onlyWraps(entrypoint.exec ?? [])) {
        for (const word of instruction.exec) if (/^[\w./-]+$/.test(word)) named.add(resolvePath(workdir, word));
        // An entrypoint script usually runs its arguments; one that is read names them.
        const read = files.read(resolvePath(workdir, entrypoint.exec?.[0] ?? ''))?.trim() || '"$@"';
        const isScript = /\.sh$|entrypoint/.test((entrypoint.exec ?? [entrypoint.rest.text]).join(' '));
        if (isScript && /\$\{?[@*\d]/.test(read) && !takesArguments(read, instruction.exec, understanding))
          program(instruction.exec, 'CMD', instruction);
        else for (const word of instruction.exec) spoken.add(baseName(word));
        continue;
      }
      program(instruction.exec, instruction.keyword, instruction);
    } else script(instruction.rest.text, instruction.keyword, instruction, 0);
  }
  // `ENTRYPOINT ["tini", "--"]` alone.
  if (cmd === undefined && entrypoint?.exec != null && entrypoint.exec.length > 0 && onlyWraps(entrypoint.exec))
    awaits = true;
  if (health !== undefined && !/^NONE\b/i.test(health.rest.text)) {
    if (health.exec !== null) program(health.exec, 'HEALTHCHECK', health);
    else script(health.rest.text.replace(/^CMD\s+/i, ''), 'HEALTHCHECK', health, 0);
  }
  if (document.stages.length === 0) shell = true;
  if (needs.some(({ argv }) => !waits(argv))) {
    ofImage(() => {
      for (const { path, instruction } of startedScripts(understanding)) scriptFile(path, instruction, 1, workdir);
      for (const { path: folder, instruction } of visited.slice())
        for (const name of (files.list(folder) ?? []).slice(0, MOST_SCRIPTS)) {
          const path = resolvePath(folder, name);
          if (!name.endsWith('/') && isScript(path)) scriptFile(path, instruction, 1, workdir);
        }
    });
  }
  return {
    needs,
    words: spoken,
    files: [...named],
    shell,
    unread,
    stated: cmd !== undefined || entrypoint !== undefined,
    awaits,
  };
}

/** What runs in the container is decided by whoever starts it. */
export function isOpen({ stated, awaits, needs }: Roots, { cmd }: ImageFacts): boolean {
  if (awaits) return true;
  return stated ? needs.length > 0 && needs.every(({ argv }) => waits(argv)) : cmd !== null && isConsole(cmd);
}
