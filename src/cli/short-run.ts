import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 wait before it optimizes a function. A batch runs through so much code that what optimizing costs, in each of its
 * threads, is more than it saves within some thousands of files: on 1,921 files half of the time.
 */
export function optimizeLater(): void {
  const major = Number.parseInt(process.versions.node, 10);
  for (const flag of FLAGS.filter(({ from, before = major + 1 }) => from <= major && major < before))
    setFlagsFromString(flag.name);
}

/** The flags of V8 by the Node.js that knows them: `node --v8-options`. */
const FLAGS: readonly { readonly from: number; readonly before?: number; readonly name: string }[] = [
  // Bytes of bytecode that a function runs through before; V8's own choice is 66 KiB.
  { from: 20, before: 21, name: '--interrupt-budget=1000000' },
  // Calls of a function before; V8's own choice is 3,000.
  { from: 22, name: '--invocation-count-for-turbofan=30000' },
  // The compiler in between, on by default since then, takes a tenth of the time and a quarter of the memory.
  { from: 24, name: '--no-maglev' },
];
