import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 wait before it optimizes a function. A batch runs through so much code that what optimizing costs, in each of its
 * threads, is more than it saves within some thousands of files: on 1,921 files half of the time.
 * The flag is of Node.js 20; later ones have a cheaper compiler in between, and do not know it.
 */
export function optimizeLater(): void {
  if (process.versions.node.startsWith('20.')) setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}

/** Bytes of bytecode that a function runs through before; V8's own choice is 66 KiB. */
const BUDGET = 1_000_000;
