// npm run fuzz -- [--minutes N] [--seconds N] [--seed N] [FOLDER…]: Dockerfiles cut up and put together again at random. Nothing may
// throw, fail for another reason than syntax, take long, or come out as a file that does not parse. What does is printed, made small.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { bundled, root } from './bundle.js';

const number = { type: 'string' };
const { values, positionals } = parseArgs({
  options: { minutes: number, seconds: number, seed: number },
  allowPositionals: true,
});
const seconds = values.minutes === undefined ? Number(values.seconds ?? 60) : Number(values.minutes) * 60;
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const folders = positionals.length > 0 ? positionals : ['fixtures', '../shared/singles'];

const { wrongWith, mutated, smallest } = await import(await bundled('src/dev/mutate.ts'));

const texts = folders.flatMap((folder) => {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /dockerfile/i.test(entry.name) && entry.name !== 'expected.Dockerfile')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
});
const end = performance.now() + seconds * 1000;
const found = new Map();
let tried = 0;
for (; performance.now() < end; tried++) {
  const text = mutated(texts, seed + tried);
  const wrong = wrongWith(text);
  if (wrong === null || found.has(wrong)) continue;
  found.set(
    wrong,
    smallest(text, (part) => wrongWith(part) === wrong),
  );
}
for (const [wrong, text] of found) console.log(`${wrong}\n${JSON.stringify(text)}\n${text}\n`);
console.log(`fuzz: ${tried} files made of ${texts.length}, seed ${seed}, ${seconds} s: ${found.size} violations`);
process.exitCode = found.size > 0 || texts.length === 0 ? 1 : 0;
