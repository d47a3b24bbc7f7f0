import { expect, test } from 'vitest';
import { withoutBlocks, withoutComments } from '../../src/syntax/comments.ts';

const js = (text: string) => withoutComments(text, { quotes: `"'` });

test.each([
  ['a // b\nc', 'a \nc'],
  ['a /* b\n */ c', 'a  c'],
  ['/**/a', 'a'],
  ['/*/ a */b', 'b'],
  ['"http://x" // y', '"http://x" '],
  [`'/*' + "*/" /* x */`, `'/*' + "*/" `],
  ['"a\\"//b" //c', '"a\\"//b" '],
  ['"open // gone\n"ok//"', '"open \n"ok//"'],
  ['"open\\\nnext" // gone', '"open\\\nnext" '],
  ['/* open', '/* open'],
  ['a / b', 'a / b'],
  ['end //', 'end '],
])('%j', (text, expected) => {
  expect(js(text)).toBe(expected);
});

test('where a comment needs something in front of it', () => {
  expect(withoutComments('a//b //c', { quotes: '', before: /\s/ })).toBe('a//b ');
  expect(withoutComments('//c', { quotes: '', before: /\s/ })).toBe('');
});

test('blocks of other languages', () => {
  expect(withoutBlocks('a<!-- b -->c<!-- d --><!-- e', '<!--', '-->')).toBe('ac<!-- e');
});

test('what is opened and never closed takes no time', () => {
  const start = performance.now();
  for (const text of ['/*', '"\\', "'", '//', '<!--']) {
    js(text.repeat(300_000));
    withoutBlocks(text.repeat(300_000), '<!--', '-->');
  }
  expect(performance.now() - start).toBeLessThan(5_000);
});
