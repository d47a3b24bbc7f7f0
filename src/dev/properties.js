// npm run properties -- [--runs N] [--seed N] [--jobs N]: what must hold for every valid Dockerfile, tried on N generated ones.
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { bundled } from './bundle.js';

/** Files of one seed: the seed of a part is that of the run and the number of the part. */
const PART = 500;

async function run() {
  const number = { type: 'string' };
  const { values } = parseArgs({ options: { runs: number, seed: number, jobs: number } });
  const runs = Number(values.runs ?? 1000);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  const address = await bundled('src/dev/properties.ts');
  const { properties } = await import(address);
  const start = performance.now();
  const parts = Array.from({ length: Math.ceil(runs / PART) }, (_, part) => ({
    seed: seed + part,
    runs: Math.min(PART, runs - part * PART),
  }));
  let violations = 0;
  let tried = 0;
  const work = () =>
    new Promise((done, fail) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: address });
      let part;
      const next = () => {
        part = parts.shift();
        if (part === undefined) worker.terminate().then(done, fail);
        else worker.postMessage(part);
      };
      worker.on('error', fail);
      worker.on('message', (violation) => {
        tried += part.runs;
        if (violation !== null) {
          violations++;
          console.log(`${violation}\n`);
        }
        next();
      });
      next();
    });
  const jobs = Math.min(Number(values.jobs ?? availableParallelism()), parts.length);
  await Promise.all(Array.from({ length: jobs }, work));
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const count = Object.keys(properties).length;
  console.log(`${count} properties, ${tried} files, seed ${seed}, ${seconds} s: ${violations} violations`);
  process.exitCode = violations === 0 ? 0 : 1;
}

if (isMainThread) await run();
else {
  const { tryProperties } = await import(workerData);
  parentPort.on('message', ({ runs, seed }) => parentPort.postMessage(tryProperties(runs, seed)));
}
