import { isUtf8 } from 'node:buffer';
import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Limits } from '../syntax/limits.ts';
import { findUp } from './find-up.ts';
import { readRegularFile, readStandardInput } from './read-file.ts';

export interface DockerfileText {
  readonly text: string;
  /** How many names the file has on its disk. */
  readonly names: number;
}

const NOWHERE = { start: 0, end: 0 };

/** The text of a Dockerfile, `-` for standard input; or why it is not read. */
export function readDockerfile(file: string, limits: Limits): DockerfileText | Diagnostic {
  if (file === '-') {
    const bytes = readStandardInput(limits.fileBytes);
    if (Buffer.isBuffer(bytes)) return decoded(bytes, 1);
    return { code: bytes.tooLarge ? 'DF709' : 'DF701', span: NOWHERE, args: { reason: bytes.reason } };
  }
  const target = outside(file);
  if (target !== null) return { code: 'DF705', span: NOWHERE, args: { target } };
  const read = readRegularFile(file, limits.fileBytes);
  if ('reason' in read && isDangling(file))
    return { code: 'DF701', span: NOWHERE, args: { reason: 'it is a symbolic link that leads nowhere' } };
  return 'reason' in read
    ? { code: read.tooLarge ? 'DF709' : 'DF701', span: NOWHERE, args: { reason: read.reason } }
    : decoded(read.bytes, read.stats.nlink);
}

/** Where a symbolic link leads that leaves its repository, or, where there is none, the folder that dfsplit runs in. */
function outside(file: string): string | null {
  try {
    if (!lstatSync(file).isSymbolicLink()) return null;
    const target = realpathSync(file);
    const own = realpathSync(dirname(resolve(file)));
    const git = findUp(own, '.git');
    const here = realpathSync('.');
    const root = git !== null ? dirname(git) : isBelow(own, here) ? here : own;
    return isBelow(target, root) ? null : relative('', target);
  } catch {
    return null;
  }
}

const isDangling = (file: string): boolean =>
  lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true && !existsSync(file);

const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

function decoded(bytes: Buffer, names: number): DockerfileText | Diagnostic {
  const text = bytes.toString('utf8');
  if (isUtf8(bytes)) return { text, names };
  const where = /^(\xff\xfe|\xfe\xff)/.test(bytes.subarray(0, 2).toString('latin1'))
    ? ': it starts with the byte order mark of UTF-16'
    : `: line ${firstDifference(bytes, Buffer.from(text, 'utf8'))} has bytes that are none`;
  return { code: 'DF703', span: NOWHERE, args: { where } };
}

/** The line of the first byte that differs, counted from 1. */
function firstDifference(bytes: Buffer, other: Buffer): number {
  let line = 1;
  for (let at = 0; at < bytes.length && bytes[at] === other[at]; at++) if (bytes[at] === 10) line++;
  return line;
}
