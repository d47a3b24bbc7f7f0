import { matchesGlob } from '../syntax/expand.ts';
import type { ShellNode } from '../syntax/shell.ts';
import { type Scope, type ShellWorld, value } from './shell-world.ts';

const TESTS = new Set(['[', '[[', 'test', 'true', 'false', ':']);
/** Programs that only answer a question: what stands behind `&&` or `then` runs or not, and neither is a failure. */
const QUESTIONS = new Set(['which', 'type', 'hash', 'grep', 'egrep', 'cmp', 'diff']);

/** True where the node only asks: its failure decides what runs next, and is no failure of the RUN. */
export function isQuestion(node: ShellNode): boolean {
  if (node.kind === 'pipeline')
    return node.negated || (node.items.at(-1) !== undefined && isQuestion(node.items.at(-1) as ShellNode));
  if (node.kind === 'and' || node.kind === 'or') return isQuestion(node.left) && isQuestion(node.right);
  if (node.kind === 'group' || node.kind === 'subshell') return isQuestion(node.body);
  if (node.kind !== 'command') return false;
  const [name, flag] = node.words.map((word) => word.raw);
  return name !== undefined && (TESTS.has(name) || QUESTIONS.has(name) || (name === 'command' && flag === '-v'));
}

/** The parts that all have to succeed if the node does: it itself, the last command of a list, both sides of `&&`. */
export function requiredParts(node: ShellNode): ReadonlySet<ShellNode> {
  const parts = new Set<ShellNode>();
  const open: ShellNode[] = [node];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    parts.add(at);
    if (at.kind === 'and') open.push(at.left, at.right);
    else if (at.kind === 'group' || at.kind === 'subshell') open.push(at.body);
    else if (at.kind === 'sequence') open.push(...at.items.slice(-1));
  }
  return parts;
}

/**
 * Whether a condition holds, by the POSIX rules of `test` and bash's of `[[`; null where a value, a file or a program
 * decides that is not known.
 */
export function holds(node: ShellNode, world: ShellWorld, scope: Scope): boolean | null {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const left = holds(node.left, world, scope);
      return left === null || left === (node.kind === 'or') ? left : holds(node.right, world, scope);
    }
    case 'group':
    case 'subshell':
      return holds(node.body, world, scope);
    case 'pipeline': {
      const [only] = node.items;
      const inner = node.items.length === 1 && only !== undefined ? holds(only, world, scope) : null;
      return inner === null ? null : inner !== node.negated;
    }
    case 'command': {
      const name = node.words[0] === undefined ? null : value(node.words[0], world, scope);
      if (name === null || !TESTS.has(name)) return null;
      const [first, ...words] = node.words.map((word) => value(word, world, scope));
      if (first === 'true' || first === ':') return true;
      if (first === 'false') return false;
      if (first === '[' && words.at(-1) === ']') return test(words.slice(0, -1), false);
      if (first === '[[') return test(words.slice(0, -1), true);
      return first === 'test' ? test(words, false) : null;
    }
    default:
      return null;
  }
}

/** The world without the defaults of build arguments: what is known in it holds whatever values a build gives them. */
export const withoutDefaults = (world: ShellWorld): ShellWorld => ({
  ...world,
  lookup: (name) => (world.isArgument(name) ? null : world.lookup(name)),
});

type Words = readonly (string | null)[];

/** `-o` binds weaker than `-a`, that weaker than `!`. */
function test(words: Words, patterns: boolean): boolean | null {
  const at = (operator: string): number => (words.length > 3 ? words.indexOf(operator, 1) : -1);
  for (const operator of ['-o', '-a']) {
    const split = at(operator);
    if (split < 0) continue;
    const [left, right] = [words.slice(0, split), words.slice(split + 1)].map((part) => test(part, patterns));
    const decisive = operator === '-o';
    if (left === decisive || right === decisive) return decisive;
    return left == null || right == null ? null : !decisive;
  }
  if (words[0] === '!' && words.length > 1) {
    const inner = test(words.slice(1), patterns);
    return inner === null ? null : !inner;
  }
  if (words[0] === '(' && words.at(-1) === ')') return test(words.slice(1, -1), patterns);
  if (words.length === 1) return words[0] == null ? null : words[0] !== '';
  if (words.length === 2) return unary(words[0] ?? '', words[1] ?? null);
  const [left, operator, right] = words;
  return words.length === 3 && left != null && right != null ? binary(left, operator ?? '', right, patterns) : null;
}

/** Files and programs are not looked for: what earlier commands did to them may not be known. */
const unary = (operator: string, operand: string | null): boolean | null =>
  operand === null ? null : operator === '-z' ? operand === '' : operator === '-n' ? operand !== '' : null;

function binary(left: string, operator: string, right: string, patterns: boolean): boolean | null {
  switch (operator) {
    case '=':
    case '==':
      return patterns ? matchesGlob(left, right) : left === right;
    case '!=':
      return patterns ? !matchesGlob(left, right) : left !== right;
    case '-eq':
    case '-ne':
    case '-lt':
    case '-le':
    case '-gt':
    case '-ge': {
      const [a, b] = [left, right].map((text) => (/^-?\d+$/.test(text.trim()) ? Number(text) : Number.NaN)) as [
        number,
        number,
      ];
      if (Number.isNaN(a) || Number.isNaN(b)) return null;
      return { '-eq': a === b, '-ne': a !== b, '-lt': a < b, '-le': a <= b, '-gt': a > b, '-ge': a >= b }[operator];
    }
    default:
      return null;
  }
}

/** A glob of `case` against a known subject. */
export const matchesCase = (subject: string, pattern: string): boolean =>
  /[[\]]/.test(pattern) ? subject === pattern : matchesGlob(subject, pattern);

/** Whether every command of a condition runs, however those before it end: `a || true && b`. */
export function isTriedWhole(node: ShellNode): boolean {
  if (node.kind === 'or') return isTriedWhole(node.left);
  if (node.kind === 'and') return neverFails(node.left) && isTriedWhole(node.left) && isTriedWhole(node.right);
  return node.kind === 'command';
}

function neverFails(node: ShellNode): boolean {
  if (node.kind === 'command') return /^(true|:)$/.test(node.words[0]?.raw ?? '');
  return node.kind === 'or' && neverFails(node.right);
}

/** True where a node never succeeds: it ends the script, or fails. */
export function neverSucceeds(node: ShellNode): boolean {
  switch (node.kind) {
    case 'command':
      return /^(exit|return|false)$/.test(node.words[0]?.raw ?? '') && node.words[1]?.raw !== '0';
    case 'and':
      return neverSucceeds(node.left) || neverSucceeds(node.right);
    case 'or':
      return neverSucceeds(node.left) && neverSucceeds(node.right);
    case 'sequence':
      return node.items.some((item) => neverSucceeds(item));
    case 'group':
    case 'subshell':
      return neverSucceeds(node.body);
    default:
      return false;
  }
}
