import { expect, test } from 'vitest';
import { memoryContext, treeContext } from '../../src/syntax/tree-context.ts';

test('a list of files is a tree of folders', () => {
  const context = memoryContext({ 'b.txt': 'b', 'a/c/d.txt': 'd', 'a/b.txt': 'e' });
  expect(context.list('')).toEqual(['a/', 'b.txt']);
  expect(context.list('a')).toEqual(['b.txt', 'c/']);
  expect(context.list('a')).toEqual(['b.txt', 'c/']);
  expect(context.list('b.txt')).toBeNull();
  expect(['a/c', 'a/c/d.txt', 'x'].map(context.kind)).toEqual(['folder', 'file', null]);
  expect(context.read('a/c/d.txt')).toBe('d');
  expect(context.read('a/c')).toBeNull();
});

test('nothing is asked for that is not in the list, and nothing outside is in it', () => {
  const asked: string[] = [];
  const context = treeContext(['../secret', 'a/../../b', '', 'a'], (path) => {
    asked.push(path);
    return null;
  });
  for (const path of ['../secret', 'a/../../b', '', 'constructor', 'a']) context.read(path);
  expect(asked).toEqual(['a']);
  expect(context.list('')).toEqual(['a']);
});

test('an empty list is an empty folder', () => {
  expect(memoryContext({}).list('')).toEqual([]);
});
