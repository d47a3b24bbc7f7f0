import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { writeFile as writeAtomically } from 'atomically';
import { findUp } from './find-up.ts';
import { readRegularFile } from './read-file.ts';

const SIGN = '.dfsplit-';

/**
 * Puts a text in the place of a file: written whole to another name, forced to the disk, renamed. Mode, owner and the
 * target of symbolic links are kept. Whenever the process is ended, the file is the old or the new one.
 *
 * A process that is killed cannot tidy up. So the other name lies where nobody looks, in the repository's .git or in the
 * folder for temporary files, as long as that is the same disk; and what was left there before goes first.
 */
export async function writeFile(path: string, text: string, mode?: number): Promise<void> {
  const folder = dirname(realPath(path));
  const places = stagingPlaces(folder);
  for (const [index, place] of places.entries()) {
    const staging = mkdtempSync(join(place, `${SIGN}${process.pid}-`));
    const tidy = (): void => rmSync(staging, { recursive: true, force: true });
    process.once('exit', tidy);
    try {
      // As a stream: of a single write nobody learns that the disk was full in the middle of it.
      await writeAtomically(path, Readable.from([Buffer.from(text, 'utf8')]), {
        tmpCreate: () => join(staging, 'new'),
        ...(mode === undefined ? {} : { mode }),
      });
      return syncFolder(folder);
    } catch (error) {
      // One disk may still be mounted twice.
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV' || index === places.length - 1) throw error;
    } finally {
      tidy();
      process.off('exit', tidy);
    }
  }
}

export interface Replacement {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Where the old text is kept; null for nowhere. */
  readonly backup: string | null;
}

/** Writes a file unless it is not as it was when it was read. */
export async function replaceFile({ path, before, after, backup }: Replacement): Promise<void> {
  const now = readRegularFile(path, Buffer.byteLength(before));
  if ('reason' in now && !now.tooLarge) throw new Error(now.reason);
  if ('reason' in now || !now.bytes.equals(Buffer.from(before, 'utf8'))) throw new Error(CHANGED);
  accessSync(path, constants.W_OK);
  if (backup === null) return writeFile(path, after);
  const kept = readRegularFile(backup, Buffer.byteLength(before));
  const same = !('reason' in kept) && kept.bytes.equals(now.bytes);
  if (!same && lstatSync(backup, { throwIfNoEntry: false }) !== undefined)
    throw new Error(`${backup} is there already and would be lost`);
  if (!same) await writeFile(backup, before, now.stats.mode);
  try {
    await writeFile(path, after);
  } catch (error) {
    if (!same) removed(backup);
    throw error;
  }
}

/** Why a file that somebody else wrote in the meantime is left alone. */
export const CHANGED = 'it was changed since it was read';

/** Folders on the same disk, the best first; what dead processes left in them is removed. */
function stagingPlaces(folder: string): string[] {
  const device = statSync(folder).dev;
  const hidden = [findUp(folder, '.git'), tmpdir()].filter((place) => place !== null && isUsable(place, device));
  const places = [...(hidden as string[]), folder];
  for (const place of places)
    for (const name of readdirSync(place)) {
      const owner = name.startsWith(SIGN) ? Number.parseInt(name.slice(SIGN.length), 10) : 0;
      if (owner > 0 && !isAlive(owner)) removed(join(place, name));
    }
  return places;
}

/** In a folder for everybody, what others left is theirs. */
function removed(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}

function isUsable(folder: string, device: number): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const stats = statSync(folder);
    return stats.isDirectory() && stats.dev === device;
  } catch {
    return false;
  }
}

/** What a path leads to; itself where nothing is there yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The new name of the file is on the disk too. Some systems cannot do this: nothing but the name is at risk there. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    return;
  }
}
