import { describe, expect, test } from 'vitest';
import type { SplitOptions } from '../src/outcome.ts';
import { split } from '../src/split.ts';
import { parse } from '../src/syntax/parse.ts';

const options: SplitOptions = {
  target: null,
  runtime: 'auto',
  allowImages: [],
  stageName: 'build',
  runtimeName: null,
  renameOnly: false,
  buildArgs: {},
};
const guarded = (text: string, more: Partial<SplitOptions> = {}) =>
  split(text, { ...options, guard: true, ...more }, null);

const program = (head: string, tail = '') =>
  `${head}FROM golang:1.25\nWORKDIR /src\nCOPY <<EOF main.go\npackage main\nfunc main() { println("hi") }\nEOF\nRUN go build -o /hi main.go\n${tail}CMD ["/hi"]\n`;

describe('--guard', () => {
  test('adds two stages behind the split and changes nothing else of it', () => {
    const plain = split(program(''), options, null).text ?? '';
    const { text, stages, lines } = guarded(program(''));
    expect(stages).toEqual(['build', 'runtime', 'guard', null]);
    const at = text?.indexOf('\n# Fails the build') ?? -1;
    expect(text?.slice(0, at).replace(' AS runtime', '')).toBe(plain);
    expect(text).toMatch(/\nFROM runtime\nCOPY --from=guard \/mnt\/guard\/ \/\n$/);
    expect(lines).toHaveLength(text?.split('\n').length ?? 0);
  });

  test('leaves the name of the last stage to the last stage', () => {
    const { text } = guarded(program('').replace('golang:1.25', 'golang:1.25 AS app'));
    expect(parse(text ?? '').stages.map(({ name }) => name)).toEqual(['build', 'runtime', 'guard', 'app']);
  });

  test('takes other names where its own are in use', () => {
    const { stages } = guarded(program('FROM alpine:3.20 AS guard\n\n'));
    expect(stages).toEqual(['guard', 'build', 'runtime', 'guard-2', null]);
  });

  test('writes in the style of the file: escape character, case and line breaks', () => {
    const { text = '' } = guarded(program('# escape=`\n').toLowerCase().replace('cmd', 'CMD').replaceAll('\n', '\r\n'));
    expect(text).toMatch(/\r\nfrom build as guard\r\nuser root\r\nrun --mount=[^\r\n]* `\r\n/);
    expect(text?.replaceAll('\r\n', '')).not.toContain('\n');
    expect(parse(text ?? '').problems).toEqual([]);
  });

  test('is left out where it would change the container', () => {
    const { text, diagnostics } = guarded(program('', 'ONBUILD COPY . /data\n'));
    expect(text).not.toContain('/mnt/runtime');
    expect(diagnostics.map(({ code }) => code)).toContain('DF420');
  });
});
