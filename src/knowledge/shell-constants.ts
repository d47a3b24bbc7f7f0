import { parseShell } from '../syntax/parse-shell.ts';
import { isShell } from '../syntax/shell-name.ts';
import { wordValue } from '../syntax/shell-value.ts';
import { commandsOf, substitutionsOf } from '../syntax/walk-shell.ts';

/** `, "-c", "…"` of an argument list, `).arg("-c").arg("…")` of a chain: group 1 opens the constant. */
const GIVEN = /^(?:[\s),.&[\](#]|args?|r){0,40}"-[a-z]*c"(?:[\s),.&[\](#]|args?|r){0,40}(["`])/;

/**
 * What a call in a source starts whose program has been read up to `at`: the program, and for a shell the programs of the constant
 * that it is given. `*` where nobody knows.
 */
export function startedByCall(name: string | undefined, text: string, at: number): readonly string[] {
  if (name === undefined) return ['*'];
  if (!isShell(name)) return [name];
  const rest = text.slice(at, at + 4000);
  const given = GIVEN.exec(rest);
  if (given === null) return [name, ...(/^[\s),.&[\](#]{0,40}"[^"-]/.test(rest) ? [] : ['*'])];
  const [quote, start] = [given[1] as string, given[0].length];
  const constant = (quote === '`' ? /^[^`]*/ : /^(?:[^"\\\n]|\\.)*/).exec(rest.slice(start))?.[0] ?? '';
  const isWhole = /^["`]#*\s*[),\]]/.test(rest.slice(start + constant.length));
  const script = quote === '`' ? constant : constant.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
  return [name, ...(isWhole ? programsOf(script) : ['*'])];
}

/** The programs that a script of the shell starts by their names; `*` where one is no constant. */
function programsOf(script: string): readonly string[] {
  const parsed = parseShell(script);
  if ('message' in parsed) return ['*'];
  if (parsed.body === null) return [];
  const bodies = [parsed.body];
  const found = new Set<string>();
  for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
    for (const { words } of commandsOf(body)) {
      const [first] = words;
      if (first !== undefined) found.add(wordValue(first, () => null) ?? '*');
    }
    for (const inner of substitutionsOf(body)) {
      if (typeof inner === 'string') for (const one of programsOf(inner)) found.add(one);
      else bodies.push(inner);
    }
  }
  return [...found];
}
