// Runs generate-tags.ts on a Node.js that cannot strip types itself.
import { bundled } from './bundle.js';

await import(await bundled('src/dev/generate-tags.ts'));
