import { describe, expect, test } from 'vitest';
import { type MakeWorld, makefileScript } from '../../src/knowledge/makefile.ts';

const world = (targets: readonly string[] = [], changes: Partial<MakeWorld> = {}): MakeWorld => ({
  targets,
  variables: new Map(),
  env: () => undefined,
  files: ['main.c', 'util.c', 'util.h', 'README', 'src/'],
  list: (folder) => ({ src: ['a.c', 'b.c', 'b.h', 'net/'], 'src/net': ['c.c', '.d.c'] })[folder] ?? null,
  folder: '/src',
  ...changes,
});
const lines = (text: string, given = world()) =>
  makefileScript(text, given)
    ?.split(/\n\)(?:\n|$)/)
    .filter((line) => line !== '')
    .map((line) => line.slice(1));

describe('what make would run', () => {
  test('is the recipe of the first target, prerequisites first', () => {
    expect(
      lines(
        'app: main.o util.o\n\tcc -o $@ $^\n\nmain.o: main.c\n\tcc -c $<\n\nutil.o: util.c util.h\n\tcc -c $< -o $@\n',
      ),
    ).toEqual(['cc -c main.c', 'cc -c util.c -o util.o', 'cc -o app main.o util.o']);
  });

  test('is what the command line asks for, with its variables before the file and the environment', () => {
    const text =
      'PREFIX ?= /usr/local\nBIN = $(PREFIX)/bin\nall:\n\techo all\ninstall: all\n\t@install app $(DESTDIR)$(BIN)\n';
    expect(lines(text, world(['install']))).toEqual(['echo all', 'install app /usr/local/bin']);
    expect(lines(text, world(['install'], { variables: new Map([['PREFIX', '/opt']]) }))).toEqual([
      'echo all',
      'install app /opt/bin',
    ]);
    expect(lines(text, world(['install'], { env: (name) => (name === 'PREFIX' ? '/env' : undefined) }))).toEqual([
      'echo all',
      'install app /env/bin',
    ]);
  });

  test('uses functions on lists, pattern rules and the rules that make brings along', () => {
    expect(lines('OBJ := $(patsubst %.c,%.o,$(wildcard *.c))\napp: $(OBJ)\n\t$(CC) -o $@ $(OBJ)\n')).toEqual([
      'cc   -c -o main.o main.c',
      'cc   -c -o util.o util.c',
      'cc -o app main.o util.o',
    ]);
    expect(lines('out/%.o: %.c\n\tcc -c $< -o $@ # $*\napp: out/main.o\n\tcc -o $@ $^\n', world(['app']))).toEqual([
      'cc -c main.c -o out/main.o # main',
      'cc -o app out/main.o',
    ]);
    expect(lines('main: util.h\n')?.map((line) => line.replace(/ +/g, ' '))).toEqual(['cc main.c -o main']);
  });

  test('finds files in the folders below', () => {
    const found = (list: string) => lines(`L := ${list}\nall:\n\techo $(L)\n`);
    expect(found('$(wildcard src/*.c)')).toEqual(['echo src/a.c src/b.c']);
    expect(found('$(wildcard ./src/*/*.c)')).toEqual(['echo ./src/net/c.c']);
    expect(found('$(wildcard src/*.c src/none/*.c)')).toEqual(['echo src/a.c src/b.c']);
    expect(found('$(wildcard ../x/*.c)')).toEqual(['echo $(unknown)']);
    expect(found("$(shell find src -type f -name '*.c')")).toEqual(['echo src/a.c src/b.c src/net/.d.c src/net/c.c']);
    expect(found('$(shell find src -newer x)')).toEqual(['echo $(find src -newer x)']);
    expect(found('$(filter-out src/b%,$(wildcard src/*.c))')).toEqual(['echo src/a.c']);
    expect(found('$(sort $(dir $(filter %.c,$(wildcard src/* src/net/*))))')).toEqual(['echo src/ src/net/']);
    expect(found('$(foreach d,src src/net,$(wildcard $(d)/*.c))')).toEqual(['echo src/a.c src/b.c src/net/c.c']);
    expect(found('$(firstword a b) $(lastword a b)')).toEqual(['echo a b']);
  });

  test('reads patterns for certain targets, and makes folders before', () => {
    const text =
      'SRC := $(wildcard src/*.c)\nOBJ := $(SRC:src/%.c=obj/%.o)\napp: $(OBJ)\n\tcc -o $@ $^\n$(OBJ): obj/%.o: src/%.c | obj\n\tcc -c $^ -o $@ # $*\nobj:\n\tmkdir -p $@\n';
    expect(lines(text)).toEqual([
      'mkdir -p obj',
      'cc -c src/a.c -o obj/a.o # a',
      'cc -c src/b.c -o obj/b.o # b',
      'cc -o app obj/a.o obj/b.o',
    ]);
    expect(lines('x.o: %.c: %.d\n\tcc\n')).toBeUndefined();
  });

  test('leaves to the shell what only the shell knows', () => {
    expect(lines('REV := $(shell git rev-parse HEAD || echo none)\nall:\n\techo "$(REV)" $$HOME $${A}\n')).toEqual([
      `echo "$(git rev-parse HEAD || echo none)" $HOME \${A}`,
    ]);
  });

  test('goes by conditions on what is known', () => {
    const text =
      'OS ?= linux\nifeq ($(OS),windows)\nEXE = .exe\nelse ifeq "$(OS)" "linux"\nEXE =\nelse\nEXE = .bin\nendif\nall:\n\techo app$(EXE)\n';
    expect(lines(text)).toEqual(['echo app']);
    expect(lines(text, world([], { variables: new Map([['OS', 'windows']]) }))).toEqual(['echo app.exe']);
    expect(lines(text, world([], { variables: new Map([['OS', 'plan9']]) }))).toEqual(['echo app.bin']);
    expect(lines('ifndef V\nQ = quiet\nendif\nall:\n\techo $(Q)\n')).toEqual(['echo quiet']);
  });

  test('leaves open what a condition decides that is not known', () => {
    const text = 'ifeq ($(shell uname),Darwin)\nLIBS = -lmac\nendif\nall:\n\tcc a.c $(LIBS)\n';
    expect(lines(text)).toEqual(['cc a.c $(unknown)']);
    expect(lines('ifeq ($(shell uname),Darwin)\nall:\n\techo mac\nendif\n')).toBeUndefined();
  });

  test('knows the folder it runs in', () => {
    expect(lines('HERE := $(shell pwd)\nall:\n\techo $(HERE) $(CURDIR) $(PWD)\n')).toEqual(['echo /src /src /src']);
  });

  test('passes over what a define holds, unless it is asked for', () => {
    expect(lines('define help\nall:\n\techo x\nendef\nall:\n\techo y\n')).toEqual(['echo y']);
  });

  test('keeps a continued recipe line together', () => {
    expect(lines('all:\n\tcd sub && \\\n\t  make\n')?.[0]).toContain('cd sub && \\\n');
  });
});

test.each([
  ['a conditional', 'ifdef X\nall:\n\techo x\nendif\n'],
  ['an include', 'include rules.mk\nall:\n\techo x\n'],
  ['a function that is not read', 'all: $(call thing,1)\n\techo x\n'],
  ['an unknown goal', 'all:\n\techo x\n', ['install']],
  ['a loop of variables', 'A = $(B)\nB = $(A)\nall: $(A)\n\techo x\n'],
  ['nothing to do', '# empty\n'],
])('of %s nothing is said', (_, text, targets: readonly string[] = []) => {
  expect(makefileScript(text, world(targets))).toBeNull();
});
