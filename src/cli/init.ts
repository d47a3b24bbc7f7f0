import { existsSync, writeFileSync } from 'node:fs';
import { CONFIG_NAME } from './config/settings.ts';
import { DEFAULT_IMAGES } from './options.ts';
import { usageError } from './usage-error.ts';

/** Writes a configuration with the defaults spelled out; never over one that is there. */
export function runInit(version: string): string {
  if (existsSync(CONFIG_NAME)) throw usageError(`${CONFIG_NAME} is there already`);
  const config = {
    $schema: `https://unpkg.com/dfsplit@${version}/dfsplit.schema.json`,
    runtime: 'auto',
    allowImages: DEFAULT_IMAGES,
    stageName: 'build',
    assume: [],
    mirrors: {},
    overrides: [],
    knowledge: { images: [], commands: [], packages: [] },
  };
  writeFileSync(CONFIG_NAME, `${JSON.stringify(config, null, 2)}\n`, { flag: 'wx' });
  return CONFIG_NAME;
}
