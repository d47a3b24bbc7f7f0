/**
 * Writes docs/: a page for every ecosystem, image family and code, from the knowledge, the catalogue and the fixtures.
 * `--check` writes nothing and exits 1 where a page on disk differs.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCases } from '../../test/cases.ts';
import { catalogue } from '../diagnostics/catalogue.ts';
import { ecosystems } from '../knowledge/ecosystems.ts';
import { imageFamilies } from '../knowledge/images/families.ts';
import { otherFamilies } from '../knowledge/images/other-families.ts';
import { codePage, ecosystemPage, familyPage, NOTE, type Result, resultOf } from './doc-pages.ts';

/** Every page by its path below docs/. */
export function docPages(): ReadonlyMap<string, string> {
  const results = readCases().map((one): Result => resultOf(one));
  const found = new Map<string, string>();
  for (const one of ecosystems) found.set(`ecosystems/${one.id}.md`, ecosystemPage(one, results));
  for (const [name, family] of Object.entries({ ...imageFamilies, ...otherFamilies }))
    found.set(`images/${name.replaceAll('/', '-')}.md`, familyPage(name, family, results));
  for (const entry of catalogue) found.set(`codes/${entry.code}.md`, codePage(entry, results));
  const index = [...found.keys()].sort().map((path) => `- [${path.replace(/\.md$/, '')}](${path})`);
  found.set('README.md', `${NOTE}# What dfsplit knows\n\n${index.join('\n')}\n`);
  return new Map([...found].map(([path, text]) => [path, `${text.replace(/\n+$/, '')}\n`]));
}

/** The pages on disk that are not what they should be, and generated ones that should not be there. */
export function docProblems(wanted: ReadonlyMap<string, string>): {
  readonly stale: string[];
  readonly strange: string[];
} {
  const there = existsSync('docs')
    ? readdirSync('docs', { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice('docs/'.length))
    : [];
  const read = (path: string): string => readFileSync(join('docs', path), 'utf8');
  return {
    stale: [...wanted].filter(([path, text]) => !there.includes(path) || read(path) !== text).map(([path]) => path),
    strange: there.filter((path) => !wanted.has(path) && read(path).startsWith(NOTE)),
  };
}

export function main(argv: readonly string[]): number {
  const wanted = docPages();
  const { stale, strange } = docProblems(wanted);
  if (argv.includes('--check')) {
    for (const path of [...stale, ...strange]) process.stderr.write(`docs/${path} differs: npm run docs writes it\n`);
    return stale.length + strange.length > 0 ? 1 : 0;
  }
  for (const path of strange) rmSync(join('docs', path));
  for (const path of stale) {
    mkdirSync(dirname(join('docs', path)), { recursive: true });
    writeFileSync(join('docs', path), wanted.get(path) ?? '');
  }
  return 0;
}
