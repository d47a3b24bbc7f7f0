import { runsFile } from '../knowledge/interactive.ts';
import { programsOf } from '../knowledge/unused.ts';
import { parseShell } from '../syntax/parse-shell.ts';
import { baseName, isWithin, resolvePath } from '../syntax/paths.ts';
import type { ShellNode, ShellWord } from '../syntax/shell.ts';
import { wordValue } from '../syntax/shell-value.ts';
import { commandsOf } from '../syntax/walk-shell.ts';
import type { Understanding } from './understand.ts';
import { behindWrapper } from './wrappers.ts';

/** They look at words and start nothing. */
const LOOKS = /^(\[\[?|test|echo|printf|shift)$/;

/**
 * Whether what CMD gives to a script is no command of its own, where no program has that name: the script compares it with
 * the very word, or gives its arguments to nothing but a program that the build made, or one of the application's files
 * (`exec /srv/server "$@"`, `java -jar app.jar "$@"`).
 */
export function takesArguments(text: string, given: readonly string[], understanding: Understanding): boolean {
  const parsed = parseShell(text);
  if ('message' in parsed || parsed.body === null || isProgram(given[0] ?? '', understanding)) return false;
  const { final } = understanding;
  const workdir = final.workdir ?? '/';
  const isTaken = (words: readonly ShellWord[]): boolean => {
    const argv = words.map((word) => (argumentsIn(word) > 0 ? null : wordValue(word, (name) => final.env.get(name))));
    if (LOOKS.test(argv[0] ?? '')) return true;
    let at = 0;
    for (let next = behindWrapper(argv); next !== null; next = behindWrapper(argv.slice(at))) at += next;
    const first = words.findIndex((word) => argumentsIn(word) > 0);
    const program = argv[at];
    if (program == null || first <= at) return false;
    const before = argv.slice(at + 1, first);
    if (!runsFile(program)) return isBuilt(program, workdir, understanding);
    const file = before.findIndex((word) => word !== null && !word.startsWith('-'));
    return file >= 0 && before.slice(file + 1).every((word) => word?.startsWith('-')) && before[file - 1] !== '-m';
  };
  let taken = 0;
  for (const { words } of commandsOf(parsed.body)) {
    const held = words.reduce((sum, word) => sum + argumentsIn(word), 0);
    if (held > 0 && isTaken(words)) taken += held;
  }
  return taken === argumentsIn(parsed.body) || comparesWith(parsed.body, given[0] ?? '');
}

/** It asks whether it is given anything, or puts words of its own there: `[ $# -eq 0 ]`, `[ -z "$1" ]`, `set -- serve`. */
export const hasDefault = (text: string): boolean =>
  /\$#|\$\{#|\bset[ \t]+--[ \t]|\s-[zn][ \t]+"?\$\{?[1@*]/.test(text);

/** `[ "$1" = server ] && exec …`, `case "$1" in server) exec … ;;`: what is done then does not go on to start the word itself. */
function comparesWith(body: ShellNode, word: string): boolean {
  const isWord = (one: ShellWord): boolean => wordValue(one, () => null) === word;
  const isTest = (node: ShellNode): boolean =>
    node.kind === 'command' &&
    /^(\[\[?|test)$/.test(node.words[0]?.raw ?? '') &&
    argumentsIn(node.words) > 0 &&
    node.words.some(isWord);
  const visit = (at: unknown): boolean => {
    if (Array.isArray(at)) return at.some(visit);
    if (typeof at !== 'object' || at === null) return false;
    const node = at as ShellNode;
    const isDone =
      node.kind === 'case'
        ? argumentsIn(node.subject) > 0 &&
          node.branches.some(
            (branch) => branch.patterns.some(isWord) && branch.body !== null && startsOther(branch.body),
          )
        : node.kind === 'if'
          ? node.branches.some((branch) => isTest(branch.test) && startsOther(branch.body))
          : node.kind === 'and' && isTest(node.left) && startsOther(node.right);
    return isDone || Object.values(at).some(visit);
  };
  return visit(body);
}

/** It ends there, becomes another program, or puts one in front of the words. */
const startsOther = (body: ShellNode): boolean =>
  [...commandsOf(body)].some(({ words: [program, first, second] }) => {
    const isFixed = (word: ShellWord | undefined): boolean => word !== undefined && argumentsIn(word) === 0;
    if (program?.raw === 'exit') return true;
    return program?.raw === 'set' ? first?.raw === '--' && isFixed(second) : program?.raw === 'exec' && isFixed(first);
  });

/** How often `$@`, `$*` or `$1` stands in a part of a script, apart from what `case` looks at. */
function argumentsIn(at: unknown): number {
  if (Array.isArray(at)) return at.reduce((sum: number, one) => sum + argumentsIn(one), 0);
  if (typeof at !== 'object' || at === null) return 0;
  const { kind, name, raw } = at as { kind?: unknown; name?: unknown; raw?: unknown };
  if (kind === 'other') return typeof raw === 'string' && /\$\{?[@*1-9]/.test(raw) ? 1 : 0;
  const own = kind === 'variable' && typeof name === 'string' && /^([@*]|[1-9]\d*)$/.test(name) ? 1 : 0;
  const inside = Object.entries(at).filter(([key]) => !(kind === 'case' && key === 'subject'));
  return inside.reduce((sum, [, one]) => sum + argumentsIn(one), own);
}

/** The paths of a name on PATH, or of one with a folder. */
const pathsOf = (name: string, workdir: string, { final, image }: Understanding): string[] =>
  name.includes('/')
    ? [resolvePath(workdir, name)]
    : (final.env.get('PATH') ?? image?.env.PATH ?? '').split(':').map((folder) => `${folder}/${name}`);

/** A step compiles it, or puts what it compiled there. */
function isBuilt(name: string, workdir: string, understanding: Understanding): boolean {
  const paths = pathsOf(name, workdir, understanding);
  const effects = understanding.steps.flatMap(({ commands }) => commands.flatMap((command) => command.effects));
  const made = effects.flatMap((effect) =>
    effect.kind === 'artifact' || effect.kind === 'program-folder' ? [effect.path] : [],
  );
  const isMade = (path: string): boolean => made.some((one) => isWithin(path, one));
  return paths.some(
    (path) =>
      isMade(path) ||
      effects.some(
        (effect) =>
          (effect.kind === 'copies' || effect.kind === 'moves') &&
          isMade(effect.from) &&
          (effect.to === path || resolvePath(effect.to, baseName(effect.from)) === path),
      ),
  );
}

/** A program may have that name: of the image, of a package, or one that a step makes. */
function isProgram(name: string, understanding: Understanding): boolean {
  const { steps, image } = understanding;
  const programs = image?.programs ?? [];
  const paths = pathsOf(name, understanding.final.workdir ?? '/', understanding);
  return (
    name.includes('/') ||
    programs.includes(name) ||
    steps.some(({ commands }) =>
      commands.some(({ effects }) =>
        effects.some((effect) => {
          if (effect.kind === 'installs') return effect.packages.some((one) => programsOf(one.name).includes(name));
          if (effect.kind === 'artifact')
            return effect.tree ? paths.some((path) => isWithin(path, effect.path)) : baseName(effect.path) === name;
          if (effect.kind === 'copies' || effect.kind === 'moves' || effect.kind === 'links')
            return baseName('to' in effect ? effect.to : effect.path) === name;
          return effect.kind === 'writes' && baseName(effect.path) === name;
        }),
      ),
    )
  );
}
