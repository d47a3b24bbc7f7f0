import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assumptionsOf } from '../../src/report/file-report.ts';
import { startEngine } from './engine.ts';
import { openVerifier, tell, type Verifier } from './verifier.ts';

/** Builds take their time, the first one on a machine above all. */
const MINUTES = 15 * 60_000;

const own = resolve('test/engine/apps');
const shared = resolve('../shared/apps');
const folders = (root: string): string[] =>
  existsSync(root)
    ? readdirSync(root)
        .sort()
        .map((name) => join(root, name))
        .filter((folder) => existsSync(join(folder, 'Dockerfile')))
    : [];

/** What is not split and equal, with the reason; everything else has to be. */
const EXPECTED: Readonly<Record<string, { readonly result: string; readonly code: string | null }>> = {
  // msgfmt is not known: shown, and not written without --assume.
  locale: { result: 'equal', code: null },
  'broken-original': { result: 'original-not-built', code: 'DF601' },
};

const silent = startEngine();
if (silent !== null) console.error(`\n*** NO CONTAINER ENGINE: nothing is verified here. ${silent} ***\n`);

describe.skipIf(silent !== null).concurrent('applications', () => {
  let verifier: Verifier;
  beforeAll(async () => {
    verifier = await openVerifier();
  }, MINUTES);
  afterAll(() => verifier.close(), MINUTES);

  const verified = async (folder: string, smoke: string): Promise<void> => {
    const application = await verifier.open(folder, smoke);
    const verification = await verifier.verify(application);
    const message = tell(application, verification);
    const { result = 'equal', code } = EXPECTED[application.name] ?? {};
    expect(verification.result, message).toBe(result);
    if (code !== undefined && code !== null) expect(verification.findings[0]?.code, message).toBe(code);
    // Ours rest on nothing that --write would not write.
    if (code === undefined && folder.startsWith(own)) expect(assumptionsOf(application.report), message).toEqual([]);
  };

  test.each(folders(own).map((folder) => [folder.slice(own.length + 1), folder]))(
    '%s',
    (name, folder) => verified(folder, resolve(`test/engine/smoke/${name}.sh`)),
    MINUTES,
  );
  test.each(folders(shared).map((folder) => [folder.slice(shared.length + 1), folder]))(
    'shared %s',
    (_, folder) => verified(folder, join(folder, 'smoke.sh')),
    MINUTES,
  );
});
