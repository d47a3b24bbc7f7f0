import { baseName } from '../syntax/paths.ts';
import type { ShellNode, ShellWord } from '../syntax/shell.ts';
import { isShell } from '../syntax/shell-name.ts';
import { commandsOf } from '../syntax/walk-shell.ts';

type Value = (word: ShellWord) => string | null;

/**
 * Scripts that a script hands to a shell through a pipe (`echo "git fetch" | sh`), or starts beside itself (`coproc`); null
 * where nobody can tell what comes through the pipe.
 */
export function pipedScripts(body: ShellNode, value: Value): readonly (string | null)[] {
  const found: (string | null)[] = [];
  const visit = (at: unknown): void => {
    if (Array.isArray(at)) for (const one of at) visit(one);
    else if (typeof at === 'object' && at !== null) {
      // What `$(…)` runs is a script of its own.
      if ('script' in at) return;
      const node = at as Partial<ShellNode>;
      if (node.kind === 'pipeline') found.push(...piped(node as ShellNode & { kind: 'pipeline' }, value));
      else if (node.kind === 'other' && typeof node.raw === 'string')
        for (const [, text = ''] of node.raw.matchAll(/^coproc\s+(?:\w+\s+(?=[{(]))?([\s\S]+)/g)) found.push(text);
      for (const one of Object.values(at)) visit(one);
    }
  };
  visit(body);
  return found;
}

function piped({ items }: ShellNode & { kind: 'pipeline' }, value: Value): (string | null)[] {
  const [last, before] = [items.at(-1), items.at(-2)];
  if (last?.kind !== 'command' || before === undefined) return [];
  const [program, ...words] = last.words.map(value);
  const readsInput = words.every((word) => word === '-' || /^-(?!c$)\w*$/.test(word ?? '')) || words[0] === '-s';
  if (program == null || !isShell(baseName(program)) || !readsInput) return [];
  const commands = [...commandsOf(before)];
  return commands.length === 0 ? [null] : commands.map((command) => printedBy(command.words.map(value)));
}

/** The text that `echo` or `printf` prints. */
function printedBy([program, ...words]: readonly (string | null)[]): string | null {
  if (!/^(echo|printf)$/.test(program ?? '') || words.includes(null)) return null;
  return words
    .filter((word) => !/^-[neE]+$/.test(word ?? ''))
    .join(' ')
    .replaceAll('\\n', '\n');
}
