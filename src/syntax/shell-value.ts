import { applyOperator } from './expand.ts';
import { MOST_VALUE_LENGTH } from './limits.ts';
import type { ShellScript, ShellWord } from './shell.ts';

/** The value of a word; globs keep their text. null where arithmetic, an unknown command or variable decides. */
export function wordValue(
  word: ShellWord,
  lookup: (name: string) => string | null | undefined,
  printed: (script: ShellScript) => string | null = () => null,
): string | null {
  let out = '';
  for (const part of word.parts) {
    let value: string | null;
    switch (part.kind) {
      case 'text':
        value = part.value;
        break;
      case 'glob':
        value = part.text;
        break;
      case 'variable': {
        const own = lookup(part.name);
        const operand = part.operand === null ? '' : wordValue(part.operand, lookup, printed);
        value = part.operator === null ? (own === undefined ? '' : own) : applyOperator(own, part.operator, operand);
        break;
      }
      case 'command':
        value = part.script === null ? null : printed(part.script);
        break;
      default:
        value = null;
    }
    if (value === null || out.length + value.length > MOST_VALUE_LENGTH) return null;
    out += value;
  }
  return out;
}

/** True where the shell expands the word to file names. */
export function hasGlob(word: ShellWord): boolean {
  return word.parts.some((part) => part.kind === 'glob');
}
