/**
 * Reads the build files of Alpine's packages, in a git directory of https://github.com/alpinelinux/aports or a mirror of it.
 * They are shell scripts: what variables hold is asked of a shell, which finds no programs and no network.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One build file: the packages that it makes, and the functions that say what goes into them. */
export interface Aport {
  readonly name: string;
  readonly subpackages: readonly { readonly name: string; readonly split: string }[];
  /** What its main development package depends on. */
  readonly dependsDev: readonly string[];
  readonly functions: ReadonlyMap<string, string>;
}

const git = (directory: string, args: readonly string[], input?: string): string =>
  execFileSync('git', [`--git-dir=${directory}`, ...args], { encoding: 'utf8', maxBuffer: 1 << 30, input });

/** The commit of each release on the main branch, from which its stable branch goes off: `3.20`, oldest first. */
export function releaseCommits(directory: string): ReadonlyMap<string, string> {
  const lines = git(directory, ['log', '--format=%H %s', '--', 'main/alpine-base']).split('\n');
  const found = lines.flatMap((line) => {
    const match = /^(\w+) =+ release 3\.(\d+)\.0 =+$/.exec(line);
    return match === null ? [] : [{ commit: match[1] ?? '', minor: Number(match[2]) }];
  });
  // The first package split that today's rules fit came with 3.5.
  const sorted = found.filter(({ minor }) => minor >= 5).sort((a, b) => a.minor - b.minor);
  return new Map(sorted.map(({ commit, minor }) => [`3.${minor}`, commit]));
}

/** The build files of a commit by their blobs. */
function blobsOf(directory: string, commit: string): string[] {
  return git(directory, ['ls-tree', '-r', commit, 'main', 'community'])
    .split('\n')
    .flatMap((line) => /^\d+ blob (\w+)\t\w+\/[^/]+\/APKBUILD$/.exec(line)?.[1] ?? []);
}

/** Files that git prints at once. */
const CHUNK = 4000;

const READ = `
CARCH=x86_64 CBUILD=x86_64-alpine-linux-musl CHOST=x86_64-alpine-linux-musl CTARGET=x86_64-alpine-linux-musl
while read -r id; do
  ( . ./"$id" >/dev/null 2>&1 </dev/null
    printf '\\001%s\\002%s\\002%s\\002%s\\002%s\\002' "$id" "$pkgname" "$subpackages" "$arch" "$depends_dev"
    declare -f ) 2>/dev/null
done`;

/** Those of the blobs that make a development package, read. */
function readBlobs(directory: string, blobs: readonly string[]): ReadonlyMap<string, Aport> {
  const folder = mkdtempSync(join(tmpdir(), 'aports-'));
  const wanted: string[] = [];
  for (let at = 0; at < blobs.length; at += CHUNK) {
    const input = `${blobs.slice(at, at + CHUNK).join('\n')}\n`;
    const all = execFileSync('git', [`--git-dir=${directory}`, 'cat-file', '--batch'], { maxBuffer: 1 << 30, input });
    for (let from = 0; from < all.length; ) {
      const end = all.indexOf(10, from);
      const [blob = '', , size] = all.toString('utf8', from, end).split(' ');
      const text = all.toString('utf8', end + 1, end + 1 + Number(size));
      from = end + Number(size) + 2;
      if (!/subpackages\+?="[^"]*-dev\b/.test(text)) continue;
      writeFileSync(join(folder, blob), text);
      wanted.push(blob);
    }
  }
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  const sandbox = ['-n', 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'env', '-i', 'PATH=/nowhere'];
  const out = execFileSync('unshare', [...sandbox, '/bin/bash', '--norc', '--noprofile', '-c', READ], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    input: `${wanted.join('\n')}\n`,
  });
  const found = new Map<string, Aport>();
  for (const record of out.split('\x01').slice(1)) {
    const [blob = '', name = '', subpackages = '', arch = '', dependsDev = '', functions = ''] = record.split('\x02');
    if (!/(^|\s)(all|noarch|x86_64)(\s|$)/.test(arch) || /!x86_64/.test(arch)) continue;
    found.set(blob, {
      name,
      subpackages: words(subpackages).map((word) => {
        const [one = '', split = ''] = word.split(':');
        return { name: one, split: split === '' ? (one.split('-').at(-1) ?? '') : split };
      }),
      dependsDev: words(dependsDev),
      functions: readFunctions(functions),
    });
  }
  return found;
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** The functions as bash prints them. */
function readFunctions(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of text.split(/\n(?=\S+ \(\) \n)/)) {
    const match = /^(\S+) \(\) \n\{ \n([\s\S]*?)\n\}/.exec(part);
    if (match !== null) found.set(match[1] ?? '', match[2] ?? '');
  }
  return found;
}

/** The build files of each release. */
export function readAports(directory: string): ReadonlyMap<string, readonly Aport[]> {
  const releases = [...releaseCommits(directory)].map(([release, commit]) => ({
    release,
    blobs: blobsOf(directory, commit),
  }));
  const read = readBlobs(directory, [...new Set(releases.flatMap(({ blobs }) => blobs))]);
  return new Map(releases.map(({ release, blobs }) => [release, blobs.flatMap((blob) => read.get(blob) ?? [])]));
}
