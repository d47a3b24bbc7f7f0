import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allCommands } from '../../src/knowledge/commands.ts';
import { ecosystems } from '../../src/knowledge/ecosystems.ts';
import { imageFamilies } from '../../src/knowledge/images/families.ts';

test('every program has one entry', () => {
  const owners = new Map<string, string[]>();
  for (const { entry, names } of allCommands)
    for (const name of names) owners.set(name, [...(owners.get(name) ?? []), entry]);
  expect([...owners].filter(([, entries]) => entries.length > 1)).toEqual([]);
});

/** Told apart by what they are called on: the archive of a toolchain, the manifest in the folder. */
const SHARED = new Set(['mix *', 'tar *', 'bsdtar *', 'unzip *', 'xo *']);

test('no form of a command is claimed by two ecosystems', () => {
  const owners = new Map<string, Set<string>>();
  for (const { id, rules } of ecosystems)
    for (const { tools, subcommands } of rules)
      for (const tool of tools)
        for (const form of subcommands ?? ['*']) {
          const key = `${tool} ${form}`;
          owners.set(key, (owners.get(key) ?? new Set()).add(id));
        }
  expect(
    [...owners]
      .filter(([form, ids]) => ids.size > 1 && !SHARED.has(form))
      .map(([form, ids]) => `${form}: ${[...ids].join(', ')}`),
  ).toEqual([]);
});

test('every ecosystem and image family names its documentation', () => {
  const docs = [
    ...ecosystems.map(({ id, docs }) => [id, docs] as const),
    ...Object.entries(imageFamilies).map(([name, { source }]) => [name, source] as const),
  ];
  expect(docs.filter(([, url]) => !/^https:\/\/\S+\.\S+/.test(url))).toEqual([]);
});

test('every file of commands names its documentation', () => {
  const folder = 'src/knowledge/commands';
  const bare = readdirSync(folder).filter((name) => !/https:\/\//.test(readFileSync(`${folder}/${name}`, 'utf8')));
  expect(bare).toEqual(['install-words.ts']);
});
