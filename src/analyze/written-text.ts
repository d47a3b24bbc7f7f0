import type { ShellNode } from '../syntax/shell.ts';
import { type Scope, type ShellWorld, value } from './shell-world.ts';

/**
 * What `echo`, `printf` or `cat <<EOF` writes to the file behind `>`; null where a value is not known, or something else
 * writes. Backslash escapes count in `echo` too, as in the shells of Debian and, behind `-e`, in all others.
 */
export function writtenText(
  { redirects }: Extract<ShellNode, { kind: 'command' }>,
  argv: readonly (string | null)[],
  world: ShellWorld,
  scope: Scope,
): string | null {
  const [name, ...words] = argv;
  const document = redirects.findLast((redirect) => redirect.heredoc !== null);
  const heredoc = document?.expanded == null ? (document?.heredoc ?? null) : value(document.expanded, world, scope);
  const here = redirects.find((redirect) => redirect.operator === '<<<' && redirect.target !== null)?.target;
  let text: string | null = null;
  if (name === 'cat' && words.length === 0) text = heredoc ?? (here == null ? null : value(here, world, scope));
  else if (name === 'echo' && !words.includes(null)) {
    const flags = words.findIndex((word) => !/^-[neE]+$/.test(word ?? ''));
    const rest = flags < 0 ? [] : words.slice(flags);
    text = `${unescape(rest.join(' '))}${words.slice(0, Math.max(flags, 0)).some((flag) => flag?.includes('n')) ? '' : '\n'}`;
  } else if (name === 'printf' && !words.includes(null) && words[0] != null) text = formatted(words as string[]);
  if (text === null) return null;
  const append = redirects.find(({ operator }) => operator === '>>')?.target;
  if (append == null) return text;
  const path = value(append, world, scope);
  const before = path === null ? null : (world.memory.get(`text:${path}`) ?? world.files.read(path));
  return before === null ? null : before + text;
}

/** What commands print one after the other: `{ echo a; echo b; }`; null where one of them does anything else. */
export function printedText(node: ShellNode, world: ShellWorld, scope: Scope): string | null {
  const isSilent = 'redirects' in node && node.redirects.some(({ operator }) => operator.includes('>'));
  if (isSilent) return null;
  const inner =
    node.kind === 'sequence'
      ? node.items
      : node.kind === 'and'
        ? [node.left, node.right]
        : node.kind === 'group' || node.kind === 'subshell'
          ? [node.body]
          : null;
  if (inner !== null) {
    const parts = inner.map((part) => printedText(part, world, scope));
    return parts.includes(null) ? null : parts.join('');
  }
  const argv = node.kind === 'command' ? node.words.map((word) => value(word, world, scope)) : [];
  return node.kind === 'command' ? writtenText(node, argv, world, scope) : null;
}

const unescape = (text: string): string =>
  text.replace(/\\([nt\\])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : '\\'));

/** https://pubs.opengroup.org/onlinepubs/9699919799/utilities/printf.html, as far as `%s` and `%%` go. */
function formatted([format = '', ...values]: readonly string[]): string | null {
  if (/%[^s%]/.test(format)) return null;
  const rounds = Math.max(1, Math.ceil(values.length / Math.max(1, (format.match(/%s/g) ?? []).length)));
  const rest = [...values];
  let text = '';
  for (let round = 0; round < rounds; round++)
    text += unescape(format).replace(/%[s%]/g, (found) => (found === '%%' ? '%' : (rest.shift() ?? '')));
  return text;
}
