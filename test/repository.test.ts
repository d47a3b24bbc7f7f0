import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ecosystems } from '../src/knowledge/ecosystems.ts';
import { stripComments } from './source.ts';

interface Source {
  /** `analyze/plan.ts`, below src/. */
  readonly path: string;
  readonly text: string;
  /** Generated data counts for nothing but the imports. */
  readonly generated: boolean;
}

interface Import {
  readonly path: string;
  readonly from: string;
}

const root = resolve('src');
/** A path relative to src/, with slashes on every system. */
const below = (path: string) => relative(root, path).split(sep).join('/');
const sources: readonly Source[] = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.[jt]sx?$/.test(entry.name))
  .map((entry) => below(join(entry.parentPath, entry.name)))
  .sort()
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, generated: /^\/[*/] generated\b/i.test(text) };
  });
const written = sources.filter((source) => !source.generated);
const imports: readonly Import[] = sources.flatMap((source) =>
  importedBy(source.text).map((from) => ({ path: source.path, from })),
);

/** Which layers a layer may import, itself aside. Imports of types count like any other. */
const layers: Readonly<Record<string, readonly string[]>> = {
  syntax: [],
  knowledge: ['syntax'],
  diagnostics: ['syntax'],
  outcome: ['syntax', 'knowledge', 'diagnostics'],
  analyze: ['syntax', 'knowledge', 'diagnostics', 'outcome'],
  transform: ['syntax', 'knowledge', 'diagnostics', 'outcome', 'analyze'],
  split: ['syntax', 'knowledge', 'diagnostics', 'outcome', 'analyze', 'transform'],
  report: ['syntax', 'knowledge', 'diagnostics', 'outcome', 'analyze', 'transform', 'split', 'verify'],
  verify: ['syntax', 'knowledge', 'diagnostics', 'outcome', 'analyze', 'transform', 'split'],
  review: ['diagnostics', 'outcome', 'report'],
  index: ['syntax', 'knowledge', 'diagnostics', 'outcome', 'analyze', 'transform', 'split', 'report'],
  cli: ['syntax', 'knowledge', 'diagnostics', 'outcome', 'analyze', 'transform', 'split', 'report', 'verify', 'index'],
};

/** Which files may import a package. What is not listed here is imported by src/dev alone. */
const packages: Readonly<Record<string, RegExp>> = {
  'dockerfile-ast': /^syntax\//,
  unbash: /^syntax\//,
  preact: /^review\//,
  'preact/hooks': /^review\//,
  diff: /^report\/diff\.ts$/,
  picocolors: /^report\/human\.ts$/,
  commander: /^cli\//,
  execa: /^cli\/(engine\/process|migrate\/git)\.ts$/,
  'tar-stream': /^cli\/engine\/read-image\.ts$/,
  valibot: /^cli\/(read-config|config\/schema)\.ts$/,
  'jsonc-parser': /^cli\/read-config\.ts$/,
  'fastest-levenshtein': /^cli\/suggest\.ts$/,
  ignore: /^cli\/find-files\.ts$/,
  picomatch: /^cli\/(find-files|config\/settings)\.ts$/,
  yaml: /^cli\/default-context\.ts$/,
  '@balena/dockerignore': /^cli\/disk-context\.ts$/,
  atomically: /^cli\/write-file\.ts$/,
};

function importedBy(text: string): readonly string[] {
  const code = stripComments(text);
  const patterns = [
    /^(?:import|export)\s[^'";]*?from\s+['"]([^'"]+)['"]/gm,
    /^import\s+['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''));
}

/** `analyze` for `analyze/rules/x.ts`, `split` for `split.ts`. */
function layerOf(path: string): string {
  return (path.split('/')[0] ?? '').replace(/\.[jt]sx?$/, '');
}

function inSource(line: string, { path }: Source): string {
  return `src/${path}: ${line.trim()}`;
}

describe('imports', () => {
  test('every folder of src has its place in the order', () => {
    const known = new Set([...Object.keys(layers), 'dev']);
    expect(sources.map((source) => source.path).filter((path) => !known.has(layerOf(path)))).toEqual([]);
  });

  test('go one way', () => {
    const wrong = imports.filter(({ path, from }) => {
      const layer = layerOf(path);
      if (!from.startsWith('.') || layer === 'dev') return false;
      const target = below(resolve(root, dirname(path), from));
      // package.json is the one file outside src that cli reads.
      if (target === '../package.json') return layer !== 'cli';
      return layerOf(target) !== layer && !(layers[layer] ?? []).includes(layerOf(target));
    });
    expect(wrong).toEqual([]);
  });

  test('of the check leave out whatever the plan is made with', () => {
    const allowed = /^(transform\/check\/|outcome\.ts$|knowledge\/(image|own-image|own|entrypoints|essential)\.ts$)/;
    const own = imports.filter(({ path }) => path.startsWith('transform/check/'));
    expect(own.length).toBeGreaterThan(20);
    const wrong = own.filter(({ path, from }) => !allowed.test(below(resolve(root, dirname(path), from))));
    expect(wrong).toEqual([]);
  });

  test('of packages stay behind one file or folder', () => {
    const wrong = imports.filter(({ path, from }) => {
      if (from.startsWith('.') || from.startsWith('node:') || layerOf(path) === 'dev') return false;
      return !packages[from]?.test(path);
    });
    expect(wrong).toEqual([]);
  });

  test('of Node.js are made by cli and dev alone', () => {
    const wrong = imports.filter(({ path, from }) => from.startsWith('node:') && !/^(cli|dev)\//.test(path));
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  const length = (source: Source) => source.text.split('\n').length - 1;

  test('have at most 400 lines', () => {
    const long = written.filter((source) => length(source) > 400);
    expect(long.map((source) => `${source.path} ${length(source)}`)).toEqual([]);
  });

  test('have a median under 100 lines', () => {
    const lengths = written.map(length).sort((left, right) => left - right);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(100);
  });
});

/** Tools and languages whose names are words of English, of shells, of files and of this code as well. */
const PLAIN = 'node next bundle boot make tar jar configure autogen.sh bootstrap';

describe('code', () => {
  test('of analyze names no ecosystem', () => {
    const plain = new Set(PLAIN.split(' '));
    const known = ecosystems.flatMap(({ id, rules, runners = [], scripts = [] }) => [
      id,
      ...rules.flatMap(({ tools }) => tools),
      ...runners,
      ...scripts,
    ]);
    const all = new Set([...known, 'golang', 'maven', 'bundler'].filter((name) => /^\w[\w.+-]{2,}$/.test(name)));
    const words = [...all].filter((name) => !plain.has(name)).map((name) => name.replace(/[.+]/g, '\\$&'));
    const names = new RegExp(`(?<![\\w.-])(${words.join('|')})(?![\\w-])`);
    const found = written
      .filter((source) => layerOf(source.path) === 'analyze')
      .flatMap((source) =>
        stripComments(source.text)
          .split('\n')
          .filter((line) => names.test(line))
          .map((line) => inSource(line, source)),
      );
    expect(found).toEqual([]);
  });

  test('has no any', () => {
    const found = written
      .filter((source) => /\.tsx?$/.test(source.path))
      .flatMap((source) =>
        stripComments(source.text, 'empty')
          .split('\n')
          .filter((line) => /(?:[:<|&]|\bas)\s*any\b(?!\()|,\s*any\s*[>[]/.test(line))
          .map((line) => inSource(line, source)),
      );
    expect(found).toEqual([]);
  });

  test('has no class and no enum', () => {
    const found = written.flatMap((source) =>
      stripComments(source.text, 'empty')
        .split('\n')
        .filter((line) => /^\s*(export\s+)?(default\s+|abstract\s+|const\s+)*(class|enum)\s/.test(line))
        .map((line) => inSource(line, source)),
    );
    expect(found).toEqual([]);
  });

  test('below cli asks no clock, no locale and no chance', () => {
    const found = written
      .filter((source) => !/^(cli|dev)\//.test(source.path))
      .flatMap((source) =>
        stripComments(source.text, 'empty')
          .split('\n')
          .filter((line) => /\b(Date\.now|new Date|Math\.random|localeCompare|toLocale\w+|process\.\w+)\b/.test(line))
          .map((line) => inSource(line, source)),
      );
    expect(found).toEqual([]);
  });
});
