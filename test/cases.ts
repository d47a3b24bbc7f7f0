import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { diskContext } from '../src/cli/disk-context.ts';
import { defaultOptions, type Outcome, type SplitOptions } from '../src/outcome.ts';
import { split } from '../src/split.ts';
import type { BuildContext } from '../src/syntax/build-context.ts';

/** A folder below fixtures/ that holds a Dockerfile and its build context. */
export interface Case {
  /** `go/hello`, as `npm run fixture` takes it. */
  readonly name: string;
  readonly folder: string;
  readonly text: string;
}

/** What dfsplit makes of a case, as the files beside its Dockerfile record it. */
export interface CaseRecord {
  readonly json: string;
  /** Null where there is no new Dockerfile. */
  readonly dockerfile: string | null;
}

/** The choices of a plain `dfsplit` run. */
export const options: SplitOptions = defaultOptions;

/** Files of a case that are about it and no part of its build context. */
const beside = ['expected.Dockerfile', 'expected.json', 'intent.md', 'options.json'];

/** The choices of a plain run, and those of the case's own options.json. */
export function optionsOf(folder: string): SplitOptions {
  const path = join(folder, 'options.json');
  return existsSync(path)
    ? { ...options, ...(JSON.parse(readFileSync(path, 'utf8')) as Partial<SplitOptions>) }
    : options;
}

/** Every case, in code-point order. Both npm and vitest start in the repository's root. */
export function readCases(root = resolve('fixtures')): readonly Case[] {
  const names = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((group) => readdirSync(join(root, group.name)).map((name) => `${group.name}/${name}`))
    .sort();
  return names
    .map((name) => ({ name, folder: join(root, name) }))
    .filter(({ folder }) => existsSync(join(folder, 'Dockerfile')))
    .map(({ name, folder }) => ({ name, folder, text: readFileSync(join(folder, 'Dockerfile'), 'utf8') }));
}

/** The build context of a case, without the files that record what is expected of it. */
export function contextOf(folder: string): BuildContext {
  const disk = diskContext(folder);
  return {
    list: (path) => {
      const names = disk.list(path);
      return path === '' && names !== null ? names.filter((name) => !beside.includes(name)) : names;
    },
    read: (path) => (beside.includes(path) ? null : disk.read(path)),
    kind: (path) => (beside.includes(path) ? null : disk.kind(path)),
  };
}

/** Runs dfsplit on a text in the context of a case. */
export function convert(text: string, folder: string): Outcome {
  return split(text, optionsOf(folder), contextOf(folder));
}

/** The parts of an outcome that a fixture pins: what was decided, not how it is worded. */
export function record(outcome: Outcome): CaseRecord {
  const lines = [
    `"outcome": ${JSON.stringify(outcome.outcome)}`,
    `"build": ${JSON.stringify(outcome.build)}`,
    `"runtime": ${JSON.stringify(outcome.runtime)}`,
    `"codes": ${JSON.stringify(outcome.diagnostics.map((diagnostic) => diagnostic.code).sort())}`,
    `"steps": ${rows(outcome.steps.map(({ line, placement }) => ({ line, placement })))}`,
    `"artifacts": ${rows(outcome.artifacts.map(({ why: _, ...artifact }) => artifact))}`,
    `"renames": ${rows(outcome.renames)}`,
  ];
  return { json: `{\n  ${lines.join(',\n  ')}\n}\n`, dockerfile: outcome.text };
}

/** What the folder of a case holds; `json` is null where nobody has accepted an outcome yet. */
export function recorded(folder: string): { readonly json: string | null; readonly dockerfile: string | null } {
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null);
  return { json: read('expected.json'), dockerfile: read('expected.Dockerfile') };
}

/** One element a line, so that a diff shows the one that changed. */
function rows(elements: readonly object[]): string {
  if (elements.length === 0) return '[]';
  return `[\n    ${elements.map((element) => JSON.stringify(element)).join(',\n    ')}\n  ]`;
}
