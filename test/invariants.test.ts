import { describe, expect, test } from 'vitest';
import type { Outcome } from '../src/outcome.ts';
import { split } from '../src/split.ts';
import { parse } from '../src/syntax/parse.ts';
import { type Case, convert, options, readCases } from './cases.ts';
import { type ReadInstruction, type ReadStage, readDockerfile, stagesOf } from './reader.ts';

/** Every one of them is configuration of the image. */
const each = ['ENV', 'LABEL', 'MAINTAINER', 'EXPOSE', 'VOLUME', 'ONBUILD'];
/** Of these the last one of a stage counts. */
const last = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'STOPSIGNAL', 'SHELL', 'USER', 'WORKDIR'];

const runs = readCases().map((it) => ({ ...it, outcome: convert(it.text, it.folder) }));
const splits = runs.filter((run) => run.outcome.outcome === 'split');
const changed = runs.filter((run) => run.outcome.text !== null);

type Run = Case & { readonly outcome: Outcome };
const output = (run: Run) => run.outcome.text ?? '';
const finalStage = (text: string): ReadStage => {
  const stage = stagesOf(readDockerfile(text)).at(-1);
  if (!stage) throw new Error('no stage');
  return stage;
};

/** How often each text occurs. */
function counts(texts: readonly string[]): ReadonlyMap<string, number> {
  const tally = new Map<string, number>();
  for (const text of texts) tally.set(text, (tally.get(text) ?? 0) + 1);
  return tally;
}

/** Names of variables that an instruction expands. */
function variables({ rest }: ReadInstruction): readonly string[] {
  return [...rest.matchAll(/(?<!\\)\$(?:\{(\w+)|(\w+))/g)].map((match) => match[1] ?? match[2] ?? '');
}

function declares({ keyword, rest }: ReadInstruction): readonly string[] {
  return keyword === 'ARG' ? rest.split(/\s+/).map((word) => word.replace(/=.*/, '')) : [];
}

/** Only a file that is no valid Dockerfile fails; anything else would be a mistake of ours. */
function expectNoFailure(outcome: Outcome): void {
  if (outcome.outcome !== 'failed') return;
  expect(outcome.diagnostics.map((diagnostic) => diagnostic.code).filter((code) => !code.startsWith('DF1'))).toEqual(
    [],
  );
}

describe.each(runs)('$name', (run) => {
  test('comes out the same twice', () => {
    expect(convert(run.text, run.folder)).toEqual(run.outcome);
  });

  test('is read alike by two readers', () => {
    for (const text of [run.text, run.outcome.text ?? '']) {
      const document = parse(text);
      if (document.problems.length > 0) continue;
      const { comments, instructions } = readDockerfile(text);
      const texts = (parts: readonly { readonly start: number; readonly end: number }[]) =>
        parts.map(({ start, end }) => text.slice(start, end));
      expect(texts(document.comments)).toEqual(comments);
      expect(texts(document.instructions.map(({ span }) => span))).toEqual(instructions.map((it) => it.text));
    }
  });

  test('has a text exactly where it is changed', () => {
    expectNoFailure(run.outcome);
    expect(run.outcome.text !== null).toBe(['split', 'renamed'].includes(run.outcome.outcome));
    if (['refused', 'failed'].includes(run.outcome.outcome)) expect(run.outcome.diagnostics).not.toEqual([]);
  });

  test('is never a failure without its build context', () => {
    expectNoFailure(split(run.text, options, null));
  });
});

test('readers agree on the number of stages', () => {
  for (const run of changed) {
    expect(stagesOf(readDockerfile(output(run))).map((stage) => stage.name)).toEqual(
      run.outcome.stages.map((name) => name?.toLowerCase() ?? null),
    );
  }
});

describe.each(changed)('output of $name', (run) => {
  const before = readDockerfile(run.text);
  const after = readDockerfile(output(run));

  test('keeps byte order mark, line endings and the end of the file', () => {
    expect(output(run).lastIndexOf('\uFEFF')).toBe(run.text.lastIndexOf('\uFEFF'));
    if (!run.text.includes('\r')) expect(output(run)).not.toContain('\r');
    if (!/(?<!\r)\n/.test(run.text)) expect(output(run)).not.toMatch(/(?<!\r)\n/);
    expect(/\s*$/.exec(output(run))?.[0]).toBe(/\s*$/.exec(run.text)?.[0]);
  });

  test('keeps the directives first', () => {
    const head = /^(?:[ \t]*#[ \t]*\w+[ \t]*=.*\n)*/;
    expect(head.exec(output(run).replace('\uFEFF', ''))?.[0]).toBe(head.exec(run.text.replace('\uFEFF', ''))?.[0]);
  });

  test('keeps every comment', () => {
    const kept = counts(after.comments);
    for (const [comment, times] of counts(before.comments)) {
      expect(kept.get(comment) ?? 0, comment).toBeGreaterThanOrEqual(times);
    }
  });

  test('keeps every instruction to the byte', () => {
    const renamed = new Set(run.outcome.renames.map((rename) => rename.line));
    const height = ({ text }: ReadInstruction) => text.split('\n').length;
    const kept = new Set(after.instructions.map((instruction) => instruction.text));
    const lost = before.instructions
      .filter(({ keyword }) => keyword !== 'FROM')
      .filter((it) => !Array.from({ length: height(it) }, (_, row) => it.line + row).some((line) => renamed.has(line)))
      .filter(({ text }) => !kept.has(text));
    expect(lost.map(({ line, text }) => `${line}: ${text}`)).toEqual([]);
  });

  test('refers to stages that stand before, by their names', () => {
    const names: (string | null)[] = [];
    for (const stage of stagesOf(after)) {
      for (const { rest } of stage.body.filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD')) {
        const from = /^(?:--\S+\s+)*--from=(\S+)/.exec(rest)?.[1];
        if (from === undefined) continue;
        expect(from).not.toMatch(/^[+-]?\d+$/);
        const image = /[/:.]/.test(from);
        if (!image) expect(names).toContain(from.toLowerCase());
      }
      if (stage.name !== null) expect(names).not.toContain(stage.name);
      names.push(stage.name);
    }
  });
});

describe.each(splits)('runtime stage of $name', (run) => {
  const original = finalStage(run.text);
  const runtime = finalStage(output(run));
  const texts = (stage: ReadStage, keyword: string) =>
    stage.body.filter((it) => it.keyword === keyword).map((it) => it.text);

  test('has all of the configuration', () => {
    for (const keyword of each) {
      const kept = texts(runtime, keyword);
      const wanted = texts(original, keyword);
      // New ENV lines restate what the old image set; the author's own stand in his order.
      expect(
        kept.filter((text) => wanted.includes(text)),
        keyword,
      ).toEqual(wanted);
    }
    for (const keyword of last) {
      const wanted = texts(original, keyword).at(-1);
      const kept = texts(runtime, keyword).at(-1);
      // `WORKDIR ..` may lead to where an earlier one led: the own check holds the folder itself.
      if (keyword === 'WORKDIR' && /^WORKDIR\s+\.\.?(\/|$)/i.test(wanted ?? '') && kept !== wanted)
        expect(texts(original, keyword)).toContain(kept);
      else if (wanted !== undefined) expect(kept).toBe(wanted);
    }
  });

  test('declares the arguments that it uses', () => {
    const own = new Set(original.body.flatMap(declares));
    const declared = new Set<string>();
    for (const instruction of runtime.body) {
      for (const name of declares(instruction)) declared.add(name);
      for (const name of variables(instruction)) {
        if (own.has(name)) expect(declared, instruction.text).toContain(name);
      }
    }
  });

  test('is preceded by one stage more than before, and starts from none of them by an index', () => {
    const stages = stagesOf(readDockerfile(output(run)));
    expect(stages.length).toBeGreaterThan(stagesOf(readDockerfile(run.text)).length);
    expect(runtime.image).not.toMatch(/^\d+$/);
  });

  test('is named in the outcome', () => {
    expect(run.outcome.build).not.toBeNull();
    expect(run.outcome.runtime).not.toBeNull();
    expect(stagesOf(readDockerfile(output(run))).map((stage) => stage.name)).toContain(run.outcome.build?.name);
  });
});
