import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesTable } from '../report/rules.ts';
import { imageName } from '../syntax/paths.ts';
import { usageError } from './usage-error.ts';

/** The generated pages, which are shipped beside dist/. */
const DOCS = join(__dirname, '../../docs');
const FOLDERS = ['codes', 'ecosystems', 'images'] as const;

const namesIn = (folder: string): readonly string[] =>
  readdirSync(join(DOCS, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.slice(0, -'.md'.length))
    .sort();

const pageOf = (folder: string, name: string): string =>
  readFileSync(join(DOCS, folder, `${name}.md`), 'utf8').replace(/^<!--.*-->\n/, '');

/** An image is named as behind FROM, its tag left out or not: `mcr.microsoft.com/dotnet/sdk:8.0`. */
const fileName = (name: string): string =>
  imageName(name.replace(/^(index\.)?docker\.io\/(library\/)?/, '')).replaceAll('/', '-');

/**
 * What `dfsplit rules` prints: the catalogue with the names that have a page, or every page of one name: a code, an
 * ecosystem, an image family. `ecosystems/go` and `images/node` mean one of several.
 */
export function rulesText(name: string | undefined): string {
  if (name === undefined) {
    const listed = FOLDERS.slice(1).map((folder) => `\n${folder}: ${namesIn(folder).join(', ')}\n`);
    return rulesTable() + listed.join('');
  }
  const [, only, rest = ''] = /^(?:(codes|ecosystems|images)\/)?(.+)$/.exec(name) ?? [];
  const found = FOLDERS.filter((folder) => only === undefined || only === folder).flatMap((folder) => {
    const wanted = fileName(rest).toLowerCase();
    return namesIn(folder)
      .filter((one) => one.toLowerCase() === wanted)
      .map((one) => pageOf(folder, one));
  });
  if (found.length === 0)
    throw usageError(`${name} is no code, ecosystem or image that dfsplit knows: dfsplit rules lists them all`);
  return found.join('\n');
}
