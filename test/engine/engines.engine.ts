import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDifference } from '../../src/verify/verification.ts';
import { provideBases, startEngine } from './engine.ts';
import { openVerifier, tell, type Verifier } from './verifier.ts';

const MINUTES = 15 * 60_000;
/** The bases of the applications below; docker has them, and podman and buildah share theirs. */
const BASES = ['debian:bookworm', 'debian:bookworm-slim'];

const run = (command: string, args: readonly string[]) =>
  spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
const installed = (name: string): boolean => run(name, ['--version']).status === 0;

/** A storage and a configuration of our own: nothing of the machine's is asked or changed. */
function containerTools(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dfsplit-containers-'));
  const put = (variable: string, name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
    process.env[variable] = join(folder, name);
  };
  put(
    'CONTAINERS_STORAGE_CONF',
    'storage.conf',
    `[storage]\ndriver = "overlay"\ngraphroot = "${folder}/graph"\nrunroot = "${folder}/run"\n`,
  );
  // The kernel of a small machine knows the one runtime and not the other, and has no systemd beside it.
  put(
    'CONTAINERS_CONF',
    'containers.conf',
    '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]\n[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n',
  );
  put('CONTAINERS_REGISTRIES_CONF', 'registries.conf', 'unqualified-search-registries = ["docker.io"]\n');
  // The folder that docker's client is pointed at need not hold what these look for in it.
  put('REGISTRY_AUTH_FILE', 'auth.json', '{}');
  return folder;
}

const silent = startEngine();
const missing = ['podman', 'buildah'].filter((name) => !installed(name));
if (silent === null && missing.length > 0)
  console.error(`\n*** ${missing.join(' and ')} NOT INSTALLED: only docker is tried here ***\n`);

describe.skipIf(silent !== null || missing.length > 0)('other engines', () => {
  let folder = '';
  const verifiers = new Map<string, Verifier>();
  beforeAll(async () => {
    folder = containerTools();
    provideBases(...BASES.map((base) => `FROM ${base}\n`));
    for (const base of BASES) {
      const copied = run('bash', ['-c', 'set -o pipefail; docker save "$1" | podman load', 'copy', base]);
      if (copied.status !== 0) throw new Error(`podman load ${base}: ${copied.stderr}`);
    }
    for (const name of ['podman', 'buildah'] as const) verifiers.set(name, await openVerifier(name));
  }, MINUTES);
  afterAll(async () => {
    for (const verifier of verifiers.values()) await verifier.close();
    run('podman', ['system', 'reset', '--force']);
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  }, MINUTES);
  const open = async (engine: string) => {
    const verifier = verifiers.get(engine) as Verifier;
    return { verifier, application: await verifier.open(resolve('test/engine/apps/supervisord'), null) };
  };

  // Each has its own network in podman; buildah's commands reach each other on the host's.
  test.each([
    ['podman', 'none'],
    ['buildah', 'host'],
  ])(
    '%s: the containers do the same, on the network %s',
    async (engine, runNetwork) => {
      const { verifier, application } = await open(engine);
      const verification = await verifier.verify(application, {
        runNetwork,
        command: 'supervisord --version',
        seconds: 8,
      });
      const message = tell(application, verification);
      expect(verification.result, message).toBe('equal');
      expect(verification.comparison?.behaviour, message).toBe(
        engine === 'podman'
          ? 'stays up for 8 s, listens on tcp 9000, healthy, --command ends with 0'
          : 'stays up for 8 s, healthy, --command ends with 0, not compared: open ports',
      );
    },
    MINUTES,
  );

  test.each(['podman', 'buildah'])(
    '%s: mistakes are found',
    async (engine) => {
      const { verifier, application } = await open(engine);
      const damage = 'RUN rm /bin/nc* && chmod 700 /usr/local/bin/station\nUSER nobody';
      const against = (application.report.outcome.text ?? '').replace(/\nCMD /, `\n${damage}$&`);
      const verification = await verifier.verify(application, { against, runNetwork: 'none', seconds: 8 });
      const message = `${tell(application, verification)}\n${against}`;
      expect(verification.result, message).toBe('different');
      const found = verification.findings.filter(isDifference).map(({ code }) => code);
      for (const code of ['DF611', 'DF622', 'DF631', 'DF641']) expect(found, message).toContain(code);
    },
    MINUTES,
  );

  test.each(['podman', 'buildah'])(
    '%s: the step that fails is mapped to its line',
    async (engine) => {
      const { verifier, application } = await open(engine);
      const text = application.report.outcome.text ?? '';
      const against = text.replace(/^COPY (?!--from).*\n/m, '');
      expect(against).not.toBe(text);
      const verification = await verifier.verify(application, { against });
      expect(verification.result).toBe('not-built');
      const line = application.report.original.split('\n').findIndex((one) => /^RUN make/.test(one)) + 1;
      expect(verification.failure, tell(application, verification)).toMatchObject({ line });
    },
    MINUTES,
  );
});
