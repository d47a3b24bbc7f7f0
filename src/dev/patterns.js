// npm run patterns -- [FILE…]: every regular expression of src is searched for texts that cost it more than linear time; exit status 1
// where there is one. What stands in `${}` of a built one counts as a word.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from 'recheck';
import { parseAst } from 'vitest/node';

const root = fileURLToPath(new URL('../../', import.meta.url));
const wanted = process.argv.slice(2);
/** What is not shipped reads nothing of strangers. */
const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .filter((path) => !path.startsWith('src/dev/') && (wanted.length === 0 || wanted.includes(path)))
  .sort();

/** Calls `visit` with every node of a tree. */
function walk(node, visit) {
  if (Array.isArray(node)) for (const child of node) walk(child, visit);
  else if (node !== null && typeof node === 'object' && !(node instanceof RegExp)) {
    if (typeof node.type === 'string') visit(node);
    for (const child of Object.values(node)) walk(child, visit);
  }
}

/** Source and flags of a `RegExp(…)` call; null where its source is no text. */
function built({ callee, arguments: [source, flags] }) {
  if (callee?.name !== 'RegExp') return null;
  const text =
    source?.type === 'TemplateLiteral'
      ? source.quasis.map(({ value }) => value.cooked).join('x')
      : typeof source?.value === 'string'
        ? source.value
        : 'x';
  return { pattern: text, flags: typeof flags?.value === 'string' ? flags.value : '' };
}

const places = new Map();
for (const path of files) {
  const text = readFileSync(join(root, path), 'utf8');
  walk(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }), (node) => {
    const found = node.regex ?? (/^(New|Call)Expression$/.test(node.type) ? built(node) : null);
    if (found === null || found === undefined) return;
    const key = `/${found.pattern}/${found.flags}`;
    const place = `${path}:${text.slice(0, node.start).split('\n').length}`;
    places.set(key, { ...found, at: [...(places.get(key)?.at ?? []), place] });
  });
}

/** At most one loop, and it can start at one place only: nothing to try twice. */
const isPlainlyLinear = ({ pattern, flags }) => {
  const loops =
    pattern
      .replace(/\\./g, 'x')
      .replace(/\[[^\]]*\]/g, 'x')
      .match(/[*+]|\{\d*,\}/g) ?? [];
  return loops.length === 0 || (loops.length === 1 && /^\^[^|]*$/.test(pattern) && !flags.includes('m'));
};

let wrong = 0;
for (const [key, { pattern, flags, at }] of places) {
  if (isPlainlyLinear({ pattern, flags })) continue;
  const { status, complexity, attack, error } = await check(pattern, flags, { timeout: 60_000, attackTimeout: 1_000 });
  if (status === 'safe') continue;
  wrong++;
  const why = status === 'vulnerable' ? `${complexity.summary}: ${attack.pattern.slice(0, 100)}` : error.kind;
  console.log(`${at.join(' ')}\n  ${key}\n  ${why}`);
}
console.log(`patterns: ${places.size} regular expressions of ${files.length} files, ${wrong} more than linear`);
process.exitCode = wrong > 0 || places.size === 0 ? 1 : 0;
