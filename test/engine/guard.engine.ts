import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { provideBases, startEngine } from './engine.ts';
import { openVerifier, tell, type Verifier } from './verifier.ts';

const MINUTES = 15 * 60_000;
const silent = startEngine();

describe.skipIf(silent !== null)('a guarded split', () => {
  let verifier: Verifier;
  beforeAll(async () => {
    verifier = await openVerifier();
  }, MINUTES);
  afterAll(() => verifier.close(), MINUTES);
  const open = (name: string) =>
    verifier.open(resolve('test/engine/apps', name), resolve(`test/engine/smoke/${name}.sh`), { guard: true });

  test.each(['c-static', 'cpp-plugin', 'go-files'])(
    'of %s builds and is the same container',
    async (name) => {
      const application = await open(name);
      expect(application.report.outcome.text).toContain('/mnt/runtime');
      const verification = await verifier.verify(application);
      expect(verification.result, tell(application, verification)).toBe('equal');
    },
    MINUTES,
  );

  test.each([
    [
      'cpp-plugin',
      'a library',
      /RUN apt-get update[^\n]*\n[^\n]*libexpat1 \\\n[^\n]*\n/,
      '',
      /circle\.so: .*libexpat\.so\.1/,
    ],
    [
      'cpp-plugin',
      'a loader',
      /FROM debian:bookworm-slim AS runtime\n[\s\S]*?(?=WORKDIR)/,
      'FROM scratch AS runtime\n',
      /bin\/shapes: its loader \/lib.*\/ld-/,
    ],
    [
      'go-files',
      'a loader',
      /FROM gcr.io\/distroless\/base-debian12 AS runtime/,
      'FROM gcr.io/distroless/static-debian12 AS runtime',
      /greeter: its loader \/lib.*\/ld-/,
    ],
  ] as const)(
    'of %s does not build without %s, and says so',
    async (name, _, from, to, says) => {
      const application = await open(name);
      const split = application.report.outcome.text ?? '';
      const against = split.replace(from, to);
      expect(against, split).not.toBe(split);
      provideBases(against);
      const verification = await verifier.verify(application, { against, smoke: false });
      expect(verification.result, tell(application, verification)).toBe('not-built');
      expect(verification.failure?.output).toMatch(says);
    },
    MINUTES,
  );
});
