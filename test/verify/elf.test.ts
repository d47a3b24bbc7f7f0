import { describe, expect, test } from 'vitest';
import { readElf } from '../../src/verify/elf.ts';
import { loaderFolders, missingLibraries } from '../../src/verify/libraries.ts';
import { file, image, link, text } from './images.ts';

interface Made {
  readonly wide: boolean;
  readonly little: boolean;
  readonly interpreter?: string;
  readonly needed?: readonly string[];
  readonly runPath?: string;
  readonly rPath?: string;
}

/** A program with nothing in it but what the loader reads. */
function makeElf({ wide, little, interpreter, needed = [], runPath, rPath }: Made): Uint8Array {
  const bytes = new Uint8Array(4096);
  const view = new DataView(bytes.buffer);
  const word = (at: number, value: number): void =>
    wide ? view.setBigUint64(at, BigInt(value), little) : view.setUint32(at, value, little);
  const put = (at: number, string: string): void => {
    for (let i = 0; i < string.length; i++) bytes[at + i] = string.charCodeAt(i);
  };
  put(0, '\x7fELF');
  bytes[4] = wide ? 2 : 1;
  bytes[5] = little ? 1 : 2;
  view.setUint16(16, 3, little);
  view.setUint16(18, wide ? 62 : 8, little);
  const [table, entry] = wide ? [64, 56] : [52, 32];
  word(wide ? 32 : 28, table);
  view.setUint16(wide ? 54 : 42, entry, little);
  // Addresses are off by 0x10000, so that whoever takes them for offsets reads nonsense.
  const [strings, dynamic, interp, shift] = [2048, 1024, 3072, 0x10000];
  let next = 1;
  const string = (value: string): number => {
    const at = next;
    put(strings + at, value);
    next += value.length + 1;
    return at;
  };
  const tags: [number, number][] = [
    ...needed.map((name): [number, number] => [1, string(name)]),
    ...(rPath === undefined ? [] : [[15, string(rPath)] as [number, number]]),
    ...(runPath === undefined ? [] : [[29, string(runPath)] as [number, number]]),
    [5, strings + shift],
    [0, 0],
  ];
  const step = wide ? 16 : 8;
  for (const [index, [tag, value]] of tags.entries()) {
    word(dynamic + index * step, tag);
    word(dynamic + index * step + step / 2, value);
  }
  const segments: [type: number, offset: number, size: number][] = [
    [1, 0, 4096],
    [2, dynamic, tags.length * step],
    ...(interpreter === undefined ? [] : [[3, interp, interpreter.length + 1] as [number, number, number]]),
  ];
  view.setUint16(wide ? 56 : 44, segments.length, little);
  for (const [index, [type, offset, size]] of segments.entries()) {
    const at = table + index * entry;
    view.setUint32(at, type, little);
    word(at + (wide ? 8 : 4), offset);
    word(at + (wide ? 16 : 8), offset + shift);
    word(at + (wide ? 32 : 16), size);
  }
  if (interpreter !== undefined) put(interp, interpreter);
  return bytes;
}

describe('readElf', () => {
  test.each([
    { wide: true, little: true },
    { wide: false, little: true },
    { wide: true, little: false },
    { wide: false, little: false },
  ])('reads a program of either class and byte order: %o', (kind) => {
    const made = makeElf({
      ...kind,
      interpreter: '/lib/ld.so',
      needed: ['libz.so.1', 'libc.so.6'],
      runPath: '$ORIGIN/../lib:/opt/lib',
    });
    expect(readElf(made)).toEqual({
      machine: kind.wide ? '64-62' : '32-8',
      interpreter: '/lib/ld.so',
      needed: ['libz.so.1', 'libc.so.6'],
      searchPath: ['$ORIGIN/../lib', '/opt/lib'],
      name: null,
    });
  });

  test('takes RPATH where there is no RUNPATH, and RUNPATH where there are both', () => {
    const kind = { wide: true, little: true };
    expect(readElf(makeElf({ ...kind, rPath: '/a' }))?.searchPath).toEqual(['/a']);
    expect(readElf(makeElf({ ...kind, rPath: '/a', runPath: '/b' }))?.searchPath).toEqual(['/b']);
  });

  test('is null for other files and for one that is cut off', () => {
    expect(readElf(Buffer.from('#!/bin/sh\n'))).toBeNull();
    expect(readElf(makeElf({ wide: true, little: true, needed: ['a'] }).subarray(0, 100))).toBeNull();
    expect(readElf(new Uint8Array())).toBeNull();
  });
});

describe('missingLibraries', () => {
  const glibc = { machine: '64-62', interpreter: '/lib64/ld-linux-x86-64.so.2', searchPath: [], name: null };
  const elf = (needed: readonly string[], searchPath: readonly string[] = []) => ({ ...glibc, needed, searchPath });
  const library = file({ mode: 0o755 });
  const base = {
    '/lib': link('usr/lib'),
    '/lib64': link('usr/lib64'),
    '/usr/lib64/ld-linux-x86-64.so.2': library,
    '/usr/lib/x86_64-linux-gnu/libc.so.6': library,
  };
  const missing = (entries: Parameters<typeof image>[0], program: ReturnType<typeof elf>, path = '/app/bin/x') => {
    const { tree } = image({ ...base, ...entries });
    return missingLibraries(tree, path, program, loaderFolders(tree), []);
  };

  test('finds libraries in the folders of the distribution, through links', () => {
    expect(missing({}, elf(['libc.so.6']))).toEqual([]);
    expect(missing({ '/usr/lib/libz.so.1': link('x86_64-linux-gnu/libc.so.6') }, elf(['libz.so.1']))).toEqual([]);
    expect(missing({ '/usr/lib/libz.so.1': link('nowhere') }, elf(['libz.so.1']))).toEqual(['libz.so.1']);
  });

  test('looks beside the program where it says so', () => {
    const program = elf(['libown.so'], ['$ORIGIN/../lib']);
    expect(missing({ '/app/lib/libown.so': library }, program)).toEqual([]);
    expect(missing({ '/app/bin/libown.so': library }, program)).toEqual(['libown.so']);
  });

  test('reads ld.so.conf and what it includes', () => {
    const configuration = {
      '/etc/ld.so.conf': text('include ld.so.conf.d/*.conf\n'),
      '/etc/ld.so.conf.d/own.conf': text('# ours\n/opt/own/lib\n'),
    };
    expect(missing({ '/opt/own/lib/libown.so': library }, elf(['libown.so']))).toEqual(['libown.so']);
    expect(missing({ ...configuration, '/opt/own/lib/libown.so': library }, elf(['libown.so']))).toEqual([]);
  });

  test('misses the loader itself, and a library of another machine', () => {
    const { tree } = image({ '/app/x': library });
    expect(missingLibraries(tree, '/app/x', elf([]), loaderFolders(tree), [])).toEqual(['/lib64/ld-linux-x86-64.so.2']);
    const other = file({ elf: { machine: '32-3', interpreter: null, needed: [], searchPath: [], name: null } });
    expect(missing({ '/usr/lib/libz.so.1': other }, elf(['libz.so.1']))).toEqual(['libz.so.1']);
  });

  test('knows where musl looks, and that its C library is its loader', () => {
    const musl = { ...elf(['libc.musl-x86_64.so.1', 'libz.so.1']), interpreter: '/lib/ld-musl-x86_64.so.1' };
    const alpine = { '/lib/ld-musl-x86_64.so.1': library, '/usr/local/lib/libz.so.1': library };
    const { tree } = image(alpine);
    expect(missingLibraries(tree, '/x', musl, loaderFolders(tree), [])).toEqual([]);
    const { tree: listed } = image({ ...alpine, '/etc/ld-musl-x86_64.path': text('/opt/lib\n') });
    expect(missingLibraries(listed, '/x', musl, loaderFolders(listed), [])).toEqual(['libz.so.1']);
  });
});
