// npm run docs [-- --check]: runs generate-docs.ts on a Node.js that cannot strip types itself.
import { bundled } from './bundle.js';

const { main } = await import(await bundled('src/dev/generate-docs.ts'));
process.exitCode = main(process.argv.slice(2));
