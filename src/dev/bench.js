// npm run bench: what a start costs beside a bare `node -e 0`, and what a file costs once dfsplit runs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
const ROUNDS = 40;

function milliseconds(args) {
  const start = performance.now();
  const run = spawnSync(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`node ${args.join(' ')} exits with ${run.status}`);
  return performance.now() - start;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

// The two take turns, so that what else the machine does weighs on both.
const bare = [];
const whole = [];
for (let round = 0; round < ROUNDS; round++) {
  bare.push(milliseconds(['-e', '0']));
  whole.push(milliseconds(['bin/dfsplit.js', 'fixtures/go/hello/Dockerfile']));
}
const ratio = median(whole) / median(bare);
console.log(
  `start: node -e 0 ${median(bare).toFixed(1)} ms, dfsplit FILE ${median(whole).toFixed(1)} ms, ratio ${ratio.toFixed(2)}`,
);

// What dockerfile-ast alone needs to parse the same files, in a process of its own.
const PARSE = `
const { readdirSync, readFileSync } = require('node:fs');
const { DockerfileParser } = require('dockerfile-ast');
for (const name of readdirSync(process.argv[1])) DockerfileParser.parse(readFileSync(process.argv[1] + '/' + name, 'utf8')).getInstructions();`;
const singles = '../shared/singles';
const BATCHES = 5;
if (existsSync(`${cwd}${singles}`)) {
  const seconds = (args) => {
    const start = performance.now();
    spawnSync(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    return (performance.now() - start) / 1000;
  };
  const parsed = [];
  const batch = [];
  for (let round = 0; round < BATCHES; round++) {
    parsed.push(seconds(['-e', PARSE, singles]));
    batch.push(seconds(['bin/dfsplit.js', '-f', 'ndjson', singles]));
  }
  console.log(
    `batch: ${median(batch).toFixed(1)} s, dockerfile-ast alone ${median(parsed).toFixed(1)} s, ratio ${(median(batch) / median(parsed)).toFixed(1)}`,
  );
}

for (const folder of ['fixtures', '../shared/singles']) {
  if (!existsSync(`${cwd}${folder}`)) continue;
  const start = performance.now();
  const run = spawnSync(process.execPath, ['bin/dfsplit.js', '--json', folder], { cwd, maxBuffer: 1 << 30 });
  const { summary } = JSON.parse(run.stdout.toString());
  const each = (performance.now() - start) / summary.files;
  console.log(`${folder}: ${summary.files} files, ${each.toFixed(2)} ms a file`);
}
