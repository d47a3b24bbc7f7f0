// npm run judge -- [--singles N] [--seconds N]: BuildKit reads the fixtures, before and after, and a sample of ../shared/singles, and has to
// accept what dfsplit accepts and reject what dfsplit rejects. Needs a `docker` that answers; no network.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { split } = await import(new URL('../../dist/index.js', import.meta.url).href);
const { values } = parseArgs({ options: { singles: { type: 'string' }, seconds: { type: 'string' } } });
const options = {
  target: null,
  runtime: 'auto',
  allowImages: ['docker.io/library/*', 'gcr.io/distroless/*', 'mcr.microsoft.com/*'],
  stageName: 'build',
  runtimeName: null,
  renameOnly: false,
  buildArgs: {},
};
/** Where the two differ on purpose: what BuildKit lets pass, and fails at later or leaves to the reader's luck. */
const STRICTER = new Set(['DF109']);

const folder = mkdtempSync(join(tmpdir(), 'dfsplit-judge-'));
const files = readdirSync(join(root, 'fixtures'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /^(expected\.)?Dockerfile$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));
const singles = join(root, '../shared/singles');
const sample = Number(values.singles ?? 100);
if (existsSync(singles)) {
  const names = readdirSync(singles).sort();
  for (let index = 0; index < sample; index++)
    files.push(join(singles, names[Math.floor((index * names.length) / sample)]));
}

const hash = (text) => createHash('sha256').update(text.slice(root.length)).digest('hex');

/** null where BuildKit reads the file; what is missing of its images says nothing about it. */
function complaint(text) {
  // A `# syntax=` line names an image that would have to be fetched: the frontend of the engine reads the rest.
  writeFileSync(join(folder, 'Dockerfile'), text.replace(/^(\uFEFF?)# *syntax *=.*/i, '$1#'));
  const run = spawnSync('docker', ['build', '--check', folder], { encoding: 'utf8' });
  if (run.error !== undefined) throw run.error;
  const said = `${run.stdout}\n${run.stderr}`;
  const error = /^ERROR: (.*)/m.exec(said)?.[1];
  if (error !== undefined) return /failed to resolve source metadata/.test(error) ? null : error;
  return run.status === 0 || /Check complete, \d+ warning/.test(said) ? null : said.slice(-300);
}

let differences = 0;
const seen = new Set();
const end = performance.now() + Number(values.seconds ?? 3600) * 1000;
// Singles and fixtures in turns, so that a short run sees both.
files.sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
for (const file of files) {
  if (performance.now() > end) break;
  const text = readFileSync(file, 'utf8');
  const outcome = split(text, options, null);
  const code = outcome.diagnostics[0]?.code ?? 'no code';
  // What is refused is not said to be in order: only a failure says that it is not.
  for (const [what, one, ours, refused] of [
    [file, text, outcome.outcome === 'failed' ? code : null, outcome.outcome === 'refused'],
    [`${file} as it comes out`, outcome.text, null, false],
  ]) {
    if (one === null || seen.has(one)) continue;
    seen.add(one);
    const theirs = complaint(one);
    if (theirs === null ? ours !== null && !STRICTER.has(ours) : ours === null && !refused) {
      differences++;
      console.log(`${what}: BuildKit ${theirs ?? 'accepts it'}, dfsplit ${ours ?? 'accepts it'}`);
    }
  }
}
rmSync(folder, { recursive: true });
console.log(`judge: ${seen.size} files, ${differences} differences`);
process.exitCode = differences > 0 ? 1 : 0;
