import { toJsonSchema } from '@valibot/to-json-schema';
import { configSchema } from '../cli/config/schema.ts';

/** The schema of dfsplit.config.json as editors and validators read it. */
export function jsonSchema(): string {
  const schema = toJsonSchema(configSchema, { typeMode: 'input' });
  return `${JSON.stringify({ title: 'dfsplit.config.json', ...schema }, null, 2)}\n`;
}
