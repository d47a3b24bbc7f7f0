// Runs generate-packages.ts on a Node.js that cannot strip types itself.
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: [new URL('generate-packages.ts', import.meta.url).pathname],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
