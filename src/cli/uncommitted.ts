import { dirname, resolve } from 'node:path';

/** Why git cannot vouch for a file, in words; null where the file is as it was committed. */
export function uncommitted(path: string): string | null {
  // The bundle has no node:child_process: see dev/build.js.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const file = resolve(path);
  const git = (...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync('git', ['-c', 'core.fsmonitor=false', ...args], {
      cwd: dirname(file),
      encoding: 'utf8',
      timeout: 30_000,
    });
  const known = git('ls-files', '--error-unmatch', '--', file);
  if (known.error !== undefined) return 'git cannot be run';
  if (known.status !== 0) return 'git does not know the file';
  const { status, stdout } = git('status', '--porcelain', '--', file);
  if (status !== 0) return 'git cannot tell its status';
  return stdout.length > 0 ? 'the file has changes that are not committed' : null;
}
