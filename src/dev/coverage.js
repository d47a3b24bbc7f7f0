// npm run coverage FOLDER: runs coverage.ts on a Node.js that cannot strip types itself.
import { bundled } from './bundle.js';

const { main } = await import(await bundled('src/dev/coverage.ts'));
process.exitCode = main(process.argv.slice(2));
