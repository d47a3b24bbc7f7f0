import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { nothingDone } from '../outcome.ts';
import { tallyOf } from '../report/tally.ts';
import type { OpenContexts } from './convert-file.ts';
import { failedReport, type Job, type Processed, processFile } from './process-file.ts';
import { optimizeLater } from './short-run.ts';
import type { Checkpoint } from './verify-options.ts';

/** Below this number a thread takes longer to start than it saves. */
export const MANY = 200;
/** Contexts that stay open: files of a repository come one after the other. */
const OPEN = 8;
/** Files that a worker is handed at a time. */
const CHUNK = 8;
/** Results that may wait for an earlier one, for each worker. */
const WAITING = 64;

/** Does the files one after the other in this thread, and lets signals through in between. */
export async function* oneByOne(
  files: readonly string[],
  job: Job,
  checkpoint: Checkpoint | null,
  stopped: () => boolean,
): AsyncGenerator<Processed> {
  const contexts: OpenContexts = new Map();
  if (files.length >= MANY) optimizeLater();
  for (const file of files) {
    if (stopped()) return;
    yield await processFile(file, job, contexts, checkpoint);
    for (const key of contexts.keys()) if (contexts.size > OPEN) contexts.delete(key);
    await setImmediate();
  }
}

interface Busy {
  readonly worker: Worker;
  /** Indices of the files that it has not answered yet, in order. */
  pending: number[];
}

/** Does the files in worker threads; they come out in the order in which they went in. */
export async function* inWorkers(
  files: readonly string[],
  job: Job,
  count: number,
  stopped: () => boolean,
): AsyncGenerator<Processed> {
  const { Worker } = await import('node:worker_threads');
  const results = new Map<number, Processed>();
  const again: number[] = [];
  const busy = new Set<Busy>();
  const starting = new Set<Busy>();
  let next = 0;
  let emitted = 0;
  let wake = (): void => {};
  const take = (): number | undefined => {
    if (stopped()) return undefined;
    return again.shift() ?? (next < files.length && next - emitted < count * WAITING ? next++ : undefined);
  };
  const hand = (to: Busy): void => {
    const indices: number[] = [];
    for (let index = take(); index !== undefined; index = indices.length < CHUNK ? take() : undefined)
      indices.push(index);
    if (indices.length === 0) return;
    to.pending.push(...indices);
    to.worker.postMessage(indices.map((index) => [index, files[index]]));
  };
  /** A worker has its next files before it is through with those that it has. */
  const feed = (one: Busy): void => {
    if (one.pending.length <= CHUNK / 2) hand(one);
  };
  const start = (): void => {
    const one: Busy = { worker: new Worker(join(__dirname, 'worker.cjs'), { workerData: job }), pending: [] };
    busy.add(one);
    starting.add(one);
    one.worker.on('message', ([index, processed]: [number, Processed]) => {
      // V8 takes its compiled code only under the choices that it was compiled with.
      if (starting.delete(one) && starting.size === 0) optimizeLater();
      results.set(index, processed);
      one.pending = one.pending.filter((other) => other !== index);
      feed(one);
      wake();
    });
    // A thread that dies takes the file it was at with it, and no other one.
    one.worker.on('error', (error: unknown) => {
      busy.delete(one);
      starting.delete(one);
      const [index, ...rest] = one.pending;
      if (index !== undefined) results.set(index, crashed(files[index] as string, error, job));
      again.push(...rest);
      start();
      wake();
    });
    hand(one);
  };
  for (let at = 0; at < count; at++) start();
  try {
    while (emitted < files.length) {
      const result = results.get(emitted);
      if (result !== undefined) {
        results.delete(emitted++);
        yield result;
        for (const one of busy) feed(one);
        continue;
      }
      if (stopped() && ![...busy].some(({ pending }) => pending.includes(emitted))) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    await Promise.all([...busy].map(({ worker }) => worker.terminate()));
  }
}

function crashed(path: string, error: unknown, job: Job): Processed {
  const what = error instanceof Error ? error.message : String(error);
  const report = failedReport({ path, context: null, original: '', outcome: nothingDone }, 'DF502', { what });
  const text = `${path}: failed: ${what}\n`;
  return {
    path,
    text: job.whole || job.format === 'ndjson' ? '' : text,
    patch: '',
    changes: false,
    complaints: text,
    tally: tallyOf(report),
    report: job.whole ? report : null,
  };
}
