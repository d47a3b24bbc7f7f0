import { readFileSync } from 'node:fs';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as v from 'valibot';
import { lineColumn } from '../syntax/lines.ts';
import { type Mistake, mistakesIn } from './config/mistakes.ts';
import { type Config, configSchema } from './config/schema.ts';
import { suggested } from './suggest.ts';

/** What is wrong with a configuration, and where. */
export interface ConfigProblem {
  readonly place: string;
  readonly what: string;
}

/** A configuration, or what is wrong with it. */
export type ReadConfig = { readonly config: Config } | { readonly problems: readonly ConfigProblem[] };

/** Problems that are shown at once. */
const MOST = 5;

/** Reads and checks a configuration file. Comments are allowed; an unknown key is an error with a suggestion. */
export function readConfig(path: string): ReadConfig {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const problem = (offset: number, what: string): ConfigProblem => {
    const { line, column } = lineColumn(text, offset);
    return { place: `${path}:${line}:${column}`, what };
  };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken !== undefined)
    return {
      problems: [
        problem(
          broken.offset,
          `it is not JSON: ${BROKEN[printParseErrorCode(broken.error)] ?? 'a sign too many or too few'}`,
        ),
      ],
    };
  if (root === undefined) return { problems: [problem(0, 'it is empty')] };
  const checked = v.safeParse(configSchema, plain(root));
  const mistakes = checked.success ? mistakesIn(checked.output) : inOrder(checked.issues.map(mistakeOf));
  if (checked.success && mistakes.length === 0) return { config: checked.output };
  const problems = mistakes.slice(0, MOST).map(({ keys, what, isKey }) => {
    const node = nearest(root, keys);
    return problem((isKey ? keyOf(node) : node).offset, what);
  });
  const more = mistakes.length - problems.length;
  const last = problems.at(-1) as ConfigProblem;
  return {
    problems: more === 0 ? problems : [...problems.slice(0, -1), { ...last, what: `${last.what} (and ${more} more)` }],
  };
}

/** What jsonc-parser finds, in words. */
const BROKEN: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word without quotes',
  InvalidNumberFormat: 'a number that is none',
  PropertyNameExpected: 'a key in double quotes is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is expected here',
  CommaExpected: 'a comma is expected here',
  CloseBraceExpected: 'a closing brace is expected here',
  CloseBracketExpected: 'a closing bracket is expected here',
  EndOfFileExpected: 'nothing is expected behind the last brace',
  UnexpectedEndOfComment: 'a comment does not end',
  UnexpectedEndOfString: 'a text does not end',
  InvalidUnicode: 'an escape that is none',
  InvalidEscapeCharacter: 'an escape that is none',
  InvalidCharacter: 'a sign that JSON has only escaped',
};

type Issue = v.InferIssue<typeof configSchema>;

/** What kind of value is meant, in words. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text in double quotes',
  boolean: 'true or false',
  Array: 'a list in brackets',
  Object: 'an object in braces',
};

function mistakeOf(issue: Issue): Mistake {
  const keys = (issue.path ?? []).map(({ key }) => key as string | number);
  const name = keys.at(-1);
  const quoted = JSON.stringify(name);
  if (issue.expected === 'never' && typeof name === 'string') {
    const meant = unknownKey(name, issue.path?.at(-1)?.input);
    return { keys, isKey: true, what: `unknown key ${quoted}${didYouMean(meant)}` };
  }
  if (issue.received === 'undefined' && typeof name === 'string')
    return { keys: keys.slice(0, -1), isKey: false, what: `${quoted} is missing` };
  return { keys, isKey: false, what: `${placeOf(keys)}${whatIsWrong(issue)}` };
}

/** Unknown keys stand first: what is missing is often behind a misspelt key. */
const inOrder = (mistakes: readonly Mistake[]): readonly Mistake[] =>
  mistakes.toSorted((a, b) => Number(b.isKey) - Number(a.isKey));

const placeOf = (keys: Mistake['keys']): string => {
  const place = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return place === '' ? '' : `${place.replace(/^\./, '')}: `;
};

function whatIsWrong({ input, expected, message }: Issue): string {
  if (expected === null) return message;
  const words = [...expected.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word);
  if (words.length > 0 && typeof input === 'string')
    return `${JSON.stringify(input)} is none of ${words.join(', ')}${didYouMean(suggested(input, words))}`;
  const kinds = [
    ...words.map((word) => JSON.stringify(word)),
    ...Object.keys(KINDS).flatMap((kind) => (expected.includes(kind) ? [KINDS[kind]] : [])),
  ];
  return kinds.length === 0 ? message : `${kinds.join(' or ')} is expected`;
}

const didYouMean = (meant: string | null): string => (meant === null ? '' : `: did you mean ${JSON.stringify(meant)}?`);

/** The value of a node, with what jsonc-parser says of places left out. */
function plain(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plain);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children = [] }) => [children[0]?.value, plain(children[1] as Node)]),
  );
}

function nearest(root: Node, keys: readonly (string | number)[]): Node {
  for (let end = keys.length; end > 0; end--) {
    const found = findNodeAtLocation(root, keys.slice(0, end));
    if (found !== undefined) return found;
  }
  return root;
}

/** The key in front of a value. */
const keyOf = (node: Node): Node => (node.parent?.type === 'property' ? (node.parent.children?.[0] ?? node) : node);

/** A key that may be meant, at whatever depth: a suggestion is a help, not a proof. */
function unknownKey(name: string, siblings: unknown): string | null {
  return suggested(
    name,
    [...keysOf(configSchema)].filter((key) => !Object.hasOwn(Object(siblings), key)),
  );
}

function* keysOf(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  const { entries, wrapped, item, options } = schema as Record<string, unknown>;
  if (typeof entries === 'object' && entries !== null)
    for (const [key, value] of Object.entries(entries)) {
      yield key;
      yield* keysOf(value);
    }
  for (const inner of [wrapped, item, ...(Array.isArray(options) ? options : [])]) yield* keysOf(inner);
}
