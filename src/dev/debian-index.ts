/** Reads the package indexes of Debian's releases, which apt fetches and verifies. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A binary package of an index. */
export interface IndexedPackage {
  readonly name: string;
  readonly section: string;
  readonly source: string;
  /** Each dependency with its alternatives. */
  readonly depends: readonly (readonly string[])[];
  readonly provides: readonly string[];
}

const COMPONENTS = ['main', 'contrib', 'non-free'];
const HELPER = '/usr/lib/apt/apt-helper';

/** Lets apt fetch the indexes into a folder of its own and gives that folder. */
export function fetchIndexes(releases: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'debian-index-'));
  for (const part of ['lists/partial', 'archives/partial']) mkdirSync(join(folder, part), { recursive: true });
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const sources = releases.map(
    (release) => `deb [signed-by=${key}] http://deb.debian.org/debian ${release} ${COMPONENTS.join(' ')}\n`,
  );
  writeFileSync(join(folder, 'sources.list'), sources.join(''));
  const settings = [
    `Dir::State::Lists=${folder}/lists`,
    `Dir::Cache=${folder}`,
    `Dir::Etc::SourceList=${folder}/sources.list`,
    'Dir::Etc::SourceParts=/dev/null',
    'Acquire::Languages=none',
    'APT::Architecture=amd64',
    'APT::Sandbox::User=root',
  ];
  execFileSync('apt-get', [...settings.flatMap((setting) => ['-o', setting]), 'update'], { stdio: 'inherit' });
  return join(folder, 'lists');
}

/** The packages of a release by name, from a folder of apt's lists. */
export function readIndex(folder: string, release: string): ReadonlyMap<string, IndexedPackage> {
  const found = new Map<string, IndexedPackage>();
  for (const component of COMPONENTS) {
    const name = readdirSync(folder).find((file) =>
      new RegExp(`_dists_${release}_${component}_binary-amd64_Packages(\\.\\w+)?$`).test(file),
    );
    if (name === undefined) throw new Error(`There is no index of ${release}/${component} in ${folder}.`);
    const path = join(folder, name);
    const text = existsSync(HELPER)
      ? execFileSync(HELPER, ['cat-file', path], { encoding: 'utf8', maxBuffer: 1 << 28 })
      : readFileSync(path, 'utf8');
    for (const paragraph of text.split('\n\n')) {
      const read = readParagraph(paragraph);
      if (read !== null && !found.has(read.name)) found.set(read.name, read);
    }
  }
  return found;
}

function readParagraph(paragraph: string): IndexedPackage | null {
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1] ?? '';
  const bare = (relation: string): string => relation.trim().replace(/[ :(].*/, '');
  const name = field('Package');
  if (name === '') return null;
  return {
    name,
    section: field('Section').replace(/^.*\//, ''),
    source: bare(field('Source')) || name,
    depends: [field('Pre-Depends'), field('Depends')]
      .flatMap((list) => list.split(', '))
      .filter((one) => one !== '')
      .map((one) => one.split(' | ').map(bare)),
    provides: field('Provides').split(', ').map(bare),
  };
}
