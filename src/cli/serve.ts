import { parentPort, workerData } from 'node:worker_threads';
import type { OpenContexts } from './convert-file.ts';
import { type Job, processFile } from './process-file.ts';

/** The side of a worker thread: does the files that it is handed, and answers one by one. */
export function serve(): void {
  const job = workerData as Job;
  let contexts: OpenContexts = new Map();
  parentPort?.on('message', async (files: readonly (readonly [number, string])[]) => {
    for (const [index, file] of files) parentPort?.postMessage([index, await processFile(file, job, contexts)]);
    if (contexts.size > 8) contexts = new Map();
  });
}
