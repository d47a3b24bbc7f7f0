import { describe, expect, test } from 'vitest';
import { split } from '../src/split.ts';
import { options } from './cases.ts';

const outcome = (...lines: string[]) => split(`${lines.join('\n')}\n`, options, null);
const codes = (...lines: string[]) => outcome(...lines).diagnostics.map(({ code }) => code);
const runtimeOf = (text: string | null) => text?.slice(text.lastIndexOf('\nFROM ') + 1) ?? '';

const MAIN = ['COPY <<EOF /src/main.go', 'package main', 'func main() { println("hi") }', 'EOF'];
const BUILD = ['WORKDIR /src', 'RUN go build -o /hi main.go', 'CMD ["/hi"]'];

describe('# dfsplit: ignore', () => {
  const ignored = ['# dfsplit: ignore, it is our toolchain', 'FROM golang:1.25', ...MAIN, ...BUILD];

  test('leaves the file alone and says why', () => {
    expect(outcome(...ignored)).toMatchObject({ outcome: 'unchanged', text: null });
    expect(outcome(...ignored).diagnostics).toMatchObject([{ code: 'DF320', args: { why: ': it is our toolchain' } }]);
  });

  test('is a comment of the Dockerfile, not a line of a heredoc', () => {
    const text = ['FROM golang:1.25', 'COPY <<EOF /note', '# dfsplit: ignore', 'EOF', ...MAIN, ...BUILD];
    expect(outcome(...text).outcome).toBe('split');
  });
});

describe('# dfsplit: keep', () => {
  test('keeps a package that nothing is seen to start', () => {
    const file = (...comment: string[]) =>
      outcome(
        'FROM debian:bookworm',
        ...comment,
        'RUN apt-get update && apt-get install -y golang curl',
        ...MAIN,
        ...BUILD,
      );
    expect(runtimeOf(file().text)).not.toContain('curl');
    const kept = file('# dfsplit: keep');
    expect(kept.outcome).toBe('split');
    expect(runtimeOf(kept.text)).toContain('apt-get install -y golang curl');
  });

  test('keeps sources that only the compiler reads, and a cache', () => {
    const file = (...comment: string[]) => outcome('FROM golang:1.25', ...comment, ...MAIN, ...BUILD);
    expect(runtimeOf(file().text)).not.toContain('main.go');
    const kept = file('# dfsplit: keep');
    expect(runtimeOf(kept.text)).toContain('COPY --from=build /src/main.go /src/main.go');
    expect(kept.steps.find(({ line }) => line === 3)).toMatchObject({
      placement: 'both',
      because: [
        {
          rule: 'author-says',
          entry: 'comment#keep',
          certainty: 'stated',
          says: "the author's comment on line 2 keeps what it leaves in the runtime stage",
        },
        { rule: 'copies-context' },
      ],
    });
  });

  test('runs a command that nobody knows again where the container runs', () => {
    const text = ['FROM golang:1.25', ...MAIN, '# dfsplit: keep', 'RUN magic --setup', ...BUILD];
    expect(codes(...text.filter((line) => !line.startsWith('#')))).toContain('DF202');
    const kept = outcome(...text);
    expect(kept.outcome).toBe('split');
    expect(runtimeOf(kept.text)).toContain('RUN magic --setup');
  });
});

describe('# dfsplit: build', () => {
  test('sends a command that nobody knows, packages and files to the build', () => {
    const text = [
      'FROM golang:1.25',
      ...MAIN,
      ...BUILD.slice(0, 2),
      '# dfsplit: build',
      'RUN lint --all',
      'CMD ["/hi"]',
    ];
    expect(codes(...text.filter((line) => !line.startsWith('#')))).toContain('DF202');
    const built = outcome(...text);
    expect(built).toMatchObject({ outcome: 'split', runtime: { image: 'scratch' } });
    expect(built.diagnostics.map(({ code }) => code)).toEqual(['DF401']);
    expect(built.steps.find(({ text: step }) => step.startsWith('lint'))?.because[0]).toMatchObject({
      entry: 'comment#build',
      certainty: 'stated',
    });
  });

  test('drops packages and downloads that the container would have kept', () => {
    const file = (...comment: string[]) =>
      outcome(
        'FROM debian:bookworm',
        'RUN apt-get update && apt-get install -y golang',
        ...comment,
        'RUN apt-get update && apt-get install -y graphviz && echo 1 > /opt/version',
        ...MAIN,
        ...BUILD,
      ).text;
    expect(runtimeOf(file())).toContain('graphviz');
    expect(runtimeOf(file('#dfsplit:build'))).not.toMatch(/graphviz|version/);
  });

  test('is refused where the program of the container may come from it', () => {
    const text = ['FROM golang:1.25', ...MAIN, '# dfsplit: build', 'RUN magic', ...BUILD.slice(0, 2), 'CMD ["/made"]'];
    expect(outcome(...text).outcome).toBe('refused');
    expect(codes(...text)).toEqual(['DF323']);
  });
});

test('a word that means nothing, or speaks of nothing, is refused', () => {
  expect(codes('FROM golang:1.25', '# dfsplit: kep', ...MAIN, ...BUILD)).toEqual(['DF321']);
  expect(codes('# dfsplit: keep', 'FROM golang:1.25', ...MAIN, ...BUILD)).toEqual(['DF322']);
  expect(codes('FROM golang:1.25', ...MAIN, ...BUILD, '# dfsplit: build')).toEqual(['DF322']);
  expect(codes('FROM golang:1.25', ...MAIN, 'RUN true && \\', '# dfsplit: keep', '  true', ...BUILD)).toEqual([
    'DF322',
  ]);
});

test('a second run reads the comments in the build stage as they are', () => {
  const once = outcome('FROM golang:1.25', '# dfsplit: keep', ...MAIN, ...BUILD).text ?? '';
  expect(split(once, options, null)).toMatchObject({ outcome: 'unchanged', text: null });
});
