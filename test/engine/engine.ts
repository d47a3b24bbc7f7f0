import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** An engine that can be started, and base images for it, where no registry is reached. */
const own = resolve('../shared/engine');

const run = (command: string, args: readonly string[], timeout?: number) =>
  spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...(timeout === undefined ? {} : { timeout }) });

const answers = (): boolean => run('docker', ['version'], 20_000).status === 0;

/**
 * Makes sure that an engine answers, and says why none can. An engine that is not there is started, where there is one
 * beside the repository; its environment is this process's from then on.
 */
export function startEngine(): string | null {
  if (answers()) return null;
  const script = join(own, 'engine.sh');
  if (!existsSync(script)) return 'docker does not answer, and there is no engine to start';
  const started = run('bash', ['-c', `'${script}' start >&2 && eval "$('${script}' env)" && env -0`]);
  if (started.status !== 0)
    return `the engine does not start: ${started.stderr.trim().split('\n').slice(-3).join(' / ')}`;
  for (const pair of started.stdout.split('\0'))
    if (pair.includes('=')) process.env[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1);
  return answers() ? null : 'the engine was started and does not answer';
}

/** Makes the base images that these texts name, where they are made here rather than pulled. Throws where one fails. */
export function provideBases(...texts: readonly string[]): void {
  const script = join(own, 'bases.sh');
  if (!existsSync(script)) return;
  const folder = mkdtempSync(join(tmpdir(), 'dfsplit-bases-'));
  const files = texts.map((text, index) => {
    const file = join(folder, `Dockerfile.${index}`);
    writeFileSync(file, text);
    return file;
  });
  const made = run('bash', [script, '--for', ...files]);
  rmSync(folder, { recursive: true });
  if (made.status !== 0) throw new Error(`the base images of ${texts[0]?.split('\n')[0]}: ${made.stderr.slice(-600)}`);
}
