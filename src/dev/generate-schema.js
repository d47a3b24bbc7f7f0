// Writes dfsplit.schema.json from src/cli/config/schema.ts: npm run generate-schema
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundled, root } from './bundle.js';

const { jsonSchema } = await import(await bundled('src/dev/json-schema.ts'));
writeFileSync(join(root, 'dfsplit.schema.json'), jsonSchema());
