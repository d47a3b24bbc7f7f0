import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { imagesOf, readTags, unproven } from '../src/dev/proof.ts';
import { imageFamilies } from '../src/knowledge/images/families.ts';
import { otherFamilies } from '../src/knowledge/images/other-families.ts';
import { tagTables } from '../src/knowledge/images/tags/index.ts';
import { describeImage, runtimeCandidates, tagExists } from '../src/knowledge/images.ts';

const TABLE = 'image\ttag\tlast\tcurrent\trelease\ndebian\tbookworm-slim\t2026-08-01\t1\tbookworm\n';

test('an output is searched for images that its input does not name and nothing proves', () => {
  const tags = readTags(TABLE);
  const before = 'ARG V=bookworm\nFROM acme/tools:1 AS tools\nFROM debian:$V\nCOPY --from=tools /a /a\n';
  const after = (image: string) => `${before.replace('$V', '$V AS build')}\nFROM ${image}\nCOPY --from=build /a /a\n`;
  expect(imagesOf(after('build'))).toEqual(['acme/tools:1', 'debian:bookworm']);
  expect(unproven(before, after('debian:bookworm-slim'), tags)).toEqual([]);
  expect(unproven(before, after('debian:$V-slim'), tags)).toEqual([]);
  expect(unproven(before, after('scratch'), tags)).toEqual([]);
  expect(unproven(before, after('gcr.io/distroless/static-debian12'), tags)).toEqual([]);
  expect(unproven(before, after('debian:bookworm-slimmer'), tags)).toEqual(['debian:bookworm-slimmer']);
  expect(unproven(before, after('acme/base:1'), tags)).toEqual(['acme/base:1']);
  expect(unproven(before, after('gcr.io/distroless/rust-debian12'), tags)).toEqual(['gcr.io/distroless/rust-debian12']);
});

/** Every tag that a compiled table has, by the form that src/dev/generate-tags.ts describes. */
function tagsOf(image: string): string[] {
  const [, shapes = '', rows = ''] = (tagTables[image] ?? '').split('|');
  return rows
    .split(';')
    .filter((row) => row !== '')
    .flatMap((row) => {
      const [head = '', codes = ''] = row.split('=');
      return codes.split(',').flatMap((code) =>
        (shapes.split(' ')[Number.parseInt(code.split('.')[0] ?? '', 36)] ?? '')
          .slice(1, -1)
          .split('/')
          .map((end) => head + end),
      );
    });
}

test('every image that a tag of the table may run on exists', () => {
  const wrong: string[] = [];
  let pairs = 0;
  for (const image of Object.keys(tagTables))
    for (const [index, tag] of tagsOf(image).entries()) {
      if (index % 5 > 0) continue;
      const reference = `${image}:${tag}`;
      const facts = describeImage(reference);
      if (facts === null) continue;
      for (const candidate of runtimeCandidates(reference, facts)) {
        pairs++;
        if (candidate.rung !== 'same' && !tagExists(candidate.image)) wrong.push(`${reference} ${candidate.image}`);
      }
    }
  expect(wrong).toEqual([]);
  expect(pairs).toBeGreaterThan(10_000);
});

test('every image of a fixture runs on one that exists', () => {
  const cases = readdirSync('fixtures').flatMap((group) =>
    readdirSync(`fixtures/${group}`).map((name) => `fixtures/${group}/${name}`),
  );
  const wrong = cases.flatMap((folder) => {
    const names = readdirSync(folder);
    if (!names.includes('expected.Dockerfile') || !names.includes('Dockerfile')) return [];
    const before = readFileSync(`${folder}/Dockerfile`, 'utf8');
    return unproven(before, readFileSync(`${folder}/expected.Dockerfile`, 'utf8'), new Set()).map(
      (image) => `${folder} ${image}`,
    );
  });
  expect(wrong).toEqual([]);
});

test('every family names its documentation, and what documents its tags', () => {
  const families = [...Object.entries(imageFamilies), ...Object.entries(otherFamilies)];
  expect(families.filter(([, { source }]) => !/^https:\/\/\S+\.\S+/.test(source)).map(([name]) => name)).toEqual([]);
  const silent = Object.entries(otherFamilies).filter(
    ([, family]) => family.smaller !== undefined && !family.documents,
  );
  expect(silent.map(([name]) => name)).toEqual([]);
});
