import { describe, expect, test } from 'vitest';
import { understand } from '../../src/analyze/understand.ts';
import { type ImageFiles, parseWords, type ToolCall, type ToolRule } from '../../src/knowledge/ecosystem.ts';
import { ecosystems, toolRules } from '../../src/knowledge/ecosystems.ts';
import { describeImage } from '../../src/knowledge/images.ts';
import { parse } from '../../src/syntax/parse.ts';
import { baseName } from '../../src/syntax/paths.ts';
import { contextOf, optionsOf, readCases } from '../cases.ts';

const entries = ecosystems.flatMap(({ id, rules }) =>
  rules.map((rule) => ({ name: `ecosystems/${id}#${rule.id}`, rule })),
);

/** A project of every language: what the examples name. */
const PROJECT: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "app", "scripts": { "build": "vite build" } }',
  'pubspec.yaml': 'name: app\n',
  'mix.exs': 'defmodule App.MixProject do\n  def project, do: [app: :app]\nend\n',
  'app.nimble': 'bin = @["app"]\n',
  'shard.yml': 'targets:\n  app:\n    main: src/app.cr\n',
  'dub.json': '{ "name": "app" }',
  'Package.swift': 'let package = Package(name: "app", targets: [.executableTarget(name: "app")])\n',
  'build.zig': '.name = "app"\n',
  'go.mod': 'module example.org/app\n',
  'Cargo.toml': '[package]\nname = "app"\n',
  'build.xml':
    '<project name="app" default="jar"><target name="jar"><jar destfile="app.jar" basedir="src"/></target></project>',
  'Taskfile.yml': "version: '3'\ntasks:\n  build: go build -o app .\n",
  'app.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
  'build.js': 'console.log(1);\n',
  Rakefile: 'require_relative "config/application"\nRails.application.load_tasks\n',
};
const files: ImageFiles = {
  read: (path) => PROJECT[path.replace(/^\/src\//, '')] ?? null,
  list: (folder) => (folder === '/src' ? Object.keys(PROJECT) : null),
};

/** What the image of the language itself sets or has tells some rules where they write. */
const IMAGES: Readonly<Record<string, string>> = {
  php: 'php:8.3-cli',
  python: 'python:3.12',
  ruby: 'ruby:3.3',
};

/** The words of a line, which has no quotes but around whole words. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');

/** The rule that takes a call, and what it says. */
function taken(
  line: string,
  image: string | undefined,
): { readonly rule: ToolRule | null; readonly kinds: readonly string[] } {
  const argv = wordsOf(line);
  const call: ToolCall = {
    argv,
    cwd: '/src',
    home: '/root',
    user: 'root',
    env: (name) => (image === undefined ? undefined : describeImage(image)?.env[name]),
    image: image === undefined ? null : describeImage(image),
    files,
    memory: new Map(),
  };
  for (const { rule } of toolRules(baseName(argv[0] ?? ''))) {
    const parsed = parseWords(argv, rule.valueFlags ?? [], rule.subcommands !== null);
    if (rule.subcommands !== null && !rule.subcommands.includes(parsed.subcommand ?? '')) continue;
    const effects = rule.read(call, parsed);
    if (effects !== null) return { rule, kinds: effects.map(({ kind }) => kind) };
  }
  return { rule: null, kinds: [] };
}

test.each(entries)('$name reads its example, and knows what it does', ({ name, rule }) => {
  const { rule: reader, kinds } = taken(rule.example, IMAGES[name.replace(/^ecosystems\/|#.*/g, '')]);
  expect(reader?.id).toBe(rule.id);
  expect(reader?.tools).toEqual(rule.tools);
  expect(kinds).not.toContain('unknown');
});

describe('fixtures', () => {
  /** What some command of some stage was read by. */
  const read = new Set(
    readCases().flatMap(({ text, folder }) => {
      const document = parse(text);
      return document.stages.flatMap((stage) =>
        understand(document, stage, optionsOf(folder), contextOf(folder)).steps.flatMap(({ commands }) =>
          commands.map(({ entry }) => entry),
        ),
      );
    }),
  );

  test('show every ecosystem', () => {
    const without = ecosystems.filter(({ id }) => ![...read].some((entry) => entry.startsWith(`ecosystems/${id}#`)));
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  test('show every entry', () => {
    expect([...new Set(entries.map(({ name }) => name))].filter((name) => !read.has(name))).toEqual([]);
  });
});
