import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';
import { caches } from './build.ts';

const STRING = /^\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)\s*$/;
const MOST_DEPTH = 10;

/** The constants of an argument list; null where one is none. */
function constants(list: string): readonly string[] | null {
  const found = list.split(',').map((part) => STRING.exec(part));
  return found.includes(null) ? null : found.map((match) => match?.[1] ?? match?.[2] ?? '');
}

const word = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** One statement of a target as a shell command; undefined where it does nothing, null where that is not known. */
function commandOf(statement: string, run: (name: string) => string | null): string | null | undefined {
  const text = statement.trim();
  if (text === '' || /^(return nil|\}|\/\/.*|return err|fmt\.Print\w*\(.*\))$/.test(text)) return undefined;
  const deps = /^mg\.(?:Serial)?(?:Deps|CtxDeps)\(([\w\s,.]*)\)$/.exec(text);
  if (deps !== null)
    return (deps[1] as string)
      .split(',')
      .map((name) => run(name.trim()))
      .reduce((all, one) => (all === null || one === null ? null : `${all}\n${one}`), '');
  const call =
    /^(?:return |if err := |err := |err = )?sh\.Run(?:V)?\(([\s\S]*)\)(?:; err != nil \{(?: return err \})?)?$/.exec(
      text,
    );
  const argv = call === null ? null : constants(call[1] as string);
  return argv === null ? null : argv.map(word).join(' ');
}

/** The functions of a file by their names in small letters, which targets are called by. */
function functionsOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const chunk of text.split(/^func /m).slice(1)) {
    const open = chunk.indexOf('{');
    const head = /^(\w+)\((?:ctx context\.Context)?\)(?: error)? $/.exec(chunk.slice(0, open));
    if (open > 0 && head !== null)
      found.set((head[1] as string).toLowerCase(), chunk.slice(open + 1, chunk.lastIndexOf('}')));
  }
  return found;
}

/** The commands that the targets of a magefile run: https://magefile.org/targets/, https://magefile.org/libraries/ */
function script(text: string, targets: readonly string[]): string | null {
  const functions = functionsOf(text);
  const run = (name: string, depth: number): string | null => {
    const body = functions.get(name.toLowerCase());
    if (body === undefined || depth > MOST_DEPTH) return null;
    const found = body.split('\n').map((line) => commandOf(line, (other) => run(other, depth + 1)));
    return found.includes(null) ? null : found.filter((one) => one !== undefined).join('\n');
  };
  const all = targets.map((name) => run(name, 0));
  return all.includes(null) || all.length === 0 ? null : `set -e\n${all.join('\n')}`;
}

/** Mage compiles its targets and runs them: https://magefile.org/ */
export function mage(call: ToolCall, words: ParsedWords): BuildEffect[] {
  if (['-l', '-h', '-version', '-init', '-clean'].some((flag) => words.flags.has(flag))) return [{ kind: 'checks' }];
  const folder = words.flags.get('-d') === undefined ? call.cwd : null;
  if (folder === null || words.operands.includes(null)) return [{ kind: 'unknown', why: 'what it runs is not known' }];
  const text = ['magefile.go', 'magefiles/magefile.go', 'Magefile.go', 'mage.go']
    .map((name) => call.files.read(resolvePath(folder, name)))
    .find((found) => found !== null);
  const preset = /^var Default = (\w+)$/m.exec(text ?? '')?.[1];
  const targets = words.operands.length > 0 ? (words.operands as string[]) : preset === undefined ? [] : [preset];
  const commands = text == null ? null : script(text, targets);
  const base: BuildEffect[] = [...caches(call), { kind: 'cache', path: resolvePath(call.home, '.magefile') }];
  if (commands !== null) return [...base, { kind: 'runs', script: commands, folder }];
  return [
    ...base,
    { kind: 'compiles', folder },
    { kind: 'builds-in-place', folder },
    { kind: 'assumes', code: 'DF202', args: { command: ['mage', ...targets].join(' '), where: folder } },
  ];
}
