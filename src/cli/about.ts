import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import type { About } from '../report/documents.ts';

/** What the reports say of this program. The page of the html report lies beside the bundle, in dist/. */
export const about: About = {
  version: manifest.version,
  page: () => readFileSync(join(__dirname, '../review.html'), 'utf8'),
};
