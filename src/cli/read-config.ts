import { readFileSync } from 'node:fs';
import { closest, distance } from 'fastest-levenshtein';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as v from 'valibot';
import { lineColumn } from '../syntax/lines.ts';
import { type Config, configSchema } from './config/schema.ts';

/** A configuration, or the first thing that is wrong with it and where. */
export type ReadConfig =
  | { readonly config: Config }
  | { readonly problem: { readonly place: string; readonly what: string } };

/** Reads and checks a configuration file. Comments are allowed; an unknown key is an error with a suggestion. */
export function readConfig(path: string): ReadConfig {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const problem = (offset: number, what: string): ReadConfig => {
    const { line, column } = lineColumn(text, offset);
    return { problem: { place: `${path}:${line}:${column}`, what } };
  };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken !== undefined) return problem(broken.offset, `it is not JSON: ${printParseErrorCode(broken.error)}`);
  if (root === undefined) return problem(0, 'it is empty');
  const checked = v.safeParse(configSchema, plain(root));
  if (checked.success) return { config: checked.output };
  const [issue] = checked.issues;
  const keys = (issue.path ?? []).map(({ key }) => key as string | number);
  const node = findNodeAtLocation(root, keys) ?? nearest(root, keys);
  const name = keys.at(-1);
  if (issue.expected === 'never' && typeof name === 'string')
    return problem(
      keyOf(node).offset,
      `unknown key ${JSON.stringify(name)}${suggestion(name, issue.path?.at(-1)?.input)}`,
    );
  if (issue.received === 'undefined' && typeof name === 'string')
    return problem(nearest(root, keys).offset, `${JSON.stringify(name)} is missing`);
  return problem(node.offset, `${keys.join('.')}: ${issue.message}`);
}

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

/** The keys there are, at whatever depth: a suggestion is a help, not a proof. */
function suggestion(name: string, siblings: unknown): string {
  const known = [...keysOf(configSchema)].filter((key) => !Object.hasOwn(Object(siblings), key));
  const best = closest(name, known);
  return distance(name, best) <= Math.max(2, name.length / 3) ? `: did you mean ${JSON.stringify(best)}?` : '';
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
