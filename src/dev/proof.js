// npm run proof FOLDER...: runs proof.ts on a Node.js that cannot strip types itself.
import { bundled } from './bundle.js';

const { main } = await import(await bundled('src/dev/proof.ts'));
process.exitCode = main(process.argv.slice(2));
