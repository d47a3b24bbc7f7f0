/**
 * Splits every Dockerfile of some folders with the program itself and looks up each image that an output names and its
 * input does not: an official one in the table of official tags as it was published (`--table FILE`), not in what is
 * compiled of it, another one in the documentation of its family. Exits 1 where one of them is not proven.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readReference } from '../knowledge/images/reference.ts';
import { tagExists } from '../knowledge/images.ts';
import { parse } from '../syntax/parse.ts';

interface Output {
  readonly path: string;
  readonly outcome: string;
  readonly text?: string;
}

/** The images behind FROM with the defaults of the file's own ARGs; names of its stages are none. */
export function imagesOf(text: string): readonly string[] {
  const document = parse(text);
  const values = new Map([...text.matchAll(/^ARG\s+(\w+)=["']?([^\s"']*)/gim)].map((match) => [match[1], match[2]]));
  const names = new Set(document.stages.flatMap(({ name }) => (name === null ? [] : [name.toLowerCase()])));
  return document.stages
    .map(({ image }) =>
      image.replace(/\$\{?(\w+)(?::?-([^}]*))?\}?/g, (whole, name, fallback) => values.get(name) ?? fallback ?? whole),
    )
    .filter((image) => !names.has(image.toLowerCase()));
}

/** The images of an output that nothing proves; `tags` has every official image with its tag. */
export function unproven(before: string, after: string, tags: ReadonlySet<string>): readonly string[] {
  const own = new Set(imagesOf(before));
  return added(own, after).filter((image) => {
    const read = readReference(image);
    if (image === 'scratch') return false;
    if (read === null) return true;
    const name = `${read.name}\t${read.tag ?? 'latest'}`;
    const tabled = read.official && tags.has(`${read.name}\t`);
    return tabled ? !tags.has(name) : !tagExists(image);
  });
}

const added = (own: ReadonlySet<string>, after: string): string[] => [
  ...new Set(imagesOf(after).filter((image) => !own.has(image))),
];

/** `image\ttag` of every row, and `image\t` of every image. */
export function readTags(table: string): ReadonlySet<string> {
  return new Set(
    table
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [image = '', tag = ''] = line.split('\t');
        return image === '' ? [] : [`${image}\t${tag}`, `${image}\t`];
      }),
  );
}

export function main(argv: readonly string[]): number {
  const at = argv.indexOf('--table');
  const table = at < 0 ? '../shared/knowledge/official-tags.tsv' : (argv[at + 1] ?? '');
  const folders = argv.filter((word, index) => !word.startsWith('--') && (at < 0 || index !== at + 1));
  if (folders.length === 0 || !existsSync(table)) {
    process.stderr.write('usage: npm run proof FOLDER... [-- --table FILE]\n');
    return 2;
  }
  const tags = readTags(readFileSync(table, 'utf8'));
  const run = spawnSync(process.execPath, ['bin/dfsplit.js', '-f', 'ndjson', ...folders], { maxBuffer: 1 << 30 });
  const outputs = run.stdout
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('{"path"'))
    .map((line) => JSON.parse(line) as Output);
  const images = new Set<string>();
  let changed = 0;
  let wrong = 0;
  for (const { path, text } of outputs) {
    if (text === undefined) continue;
    changed++;
    const before = readFileSync(path, 'utf8');
    for (const image of added(new Set(imagesOf(before)), text)) images.add(image);
    for (const image of unproven(before, text, tags)) {
      wrong++;
      process.stdout.write(`${path}: nothing proves ${image}\n`);
    }
  }
  process.stdout.write(
    `${outputs.length} files, ${changed} outputs, ${images.size} images that their inputs do not name, ${wrong} not proven\n`,
  );
  return wrong > 0 || outputs.length === 0 ? 1 : 0;
}
