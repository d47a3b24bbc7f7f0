import { expect, test } from 'vitest';
import { defaultOptions } from '../../src/outcome.ts';
import { split } from '../../src/split.ts';
import { treeContext } from '../../src/syntax/tree-context.ts';

const NODE = `FROM node:20-bookworm
WORKDIR /app
COPY . .
RUN npm ci --omit=dev
CMD ["node", "index.js"]
`;
const SERVER = "require('node:http').createServer((request, response) => response.end('ok')).listen(3000);\n";

/** The codes of a split, with the runtime stage of its text. `null` is a file that cannot be read. */
function told(text: string, files: Readonly<Record<string, string | null>>) {
  const context = treeContext(Object.keys(files), (path) => files[path] ?? null);
  const outcome = split(text, defaultOptions, context);
  return {
    unread: outcome.diagnostics.flatMap(({ code, args }) => (code === 'DF204' ? [args.script] : [])),
    runtime: outcome.text?.slice(outcome.text.lastIndexOf('FROM')) ?? '',
  };
}

const PROJECT = {
  'package.json': '{"name": "board", "dependencies": {}}',
  'package-lock.json':
    '{"name": "board", "lockfileVersion": 3, "packages": {"": {"name": "board", "dependencies": {}}}}',
  'index.js': SERVER,
};

test('a source that cannot be read may start any program of the image', () => {
  expect(told(NODE, PROJECT).unread).toEqual([]);
  expect(told(NODE, { ...PROJECT, 'lib/history.js': null }).unread).toEqual(['/app/lib/history.js']);
  expect(told(NODE.replace('. .', 'package*.json index.js ./'), { ...PROJECT, 'index.js': null }).unread).toEqual([
    '/app/index.js',
  ]);
});

test('an empty source starts nothing, and so does one that is not of the application', () => {
  expect(told(NODE, { ...PROJECT, 'lib/history.js': '', 'test/history.js': null, 'logo.png': null }).unread).toEqual(
    [],
  );
});

test('a source that is copied by its own name is read', () => {
  const git = "require('node:child_process').execFileSync('git', ['log']);\n";
  expect(told(NODE.replace('. .', 'package*.json index.js ./'), { ...PROJECT, 'index.js': git }).runtime).toMatch(
    /apt-get install .*\bgit\b/,
  );
});

test('sources behind the limits are not known', () => {
  const deep = `${Array.from({ length: 120 }, () => 'a').join('/')}/deep.js`;
  expect(told(NODE, { ...PROJECT, [deep]: SERVER }).unread).toHaveLength(1);
  const many = Object.fromEntries(Array.from({ length: 20_100 }, (_, index) => [`data/${index}.txt`, '']));
  expect(told(NODE, { ...PROJECT, ...many }).unread).toEqual(['/app/data']);
});

test('what serves a program stays where a source that cannot be read may start it', () => {
  const text = NODE.replace('RUN npm ci', 'RUN npm config set //registry.example.org/:_authToken abc\nRUN npm ci');
  expect(told(text, PROJECT).runtime).not.toContain('.npmrc');
  expect(told(text, { ...PROJECT, 'tools/report.py': null }).runtime).toContain('COPY --from=build /root/.npmrc');
});

test('a script for browsers starts nothing where the image has no program that runs it', () => {
  const python = `FROM python:3.12
WORKDIR /app
COPY . .
RUN pip install --no-cache-dir -r requirements.txt
CMD ["python", "app.py"]
`;
  const files = { 'app.py': 'print("board")\n', 'requirements.txt': '', 'static/charts.js': null };
  expect(told(python, files).unread).toEqual([]);
  expect(told(python, { ...files, 'charts.py': null }).unread).toEqual(['/app/charts.py']);
  const both = python.replace('RUN', 'RUN apt-get update && apt-get install -y nodejs\nRUN');
  expect(told(both, files).unread).toEqual(['/app/static/charts.js']);
  expect(told(both, { ...files, 'static/charts.js': '', 'static/charts.min.js': null }).unread).toEqual([]);
});

test('a start script that nobody has read may start the compiler that the build alone has', () => {
  const text = `FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY board.c .
RUN gcc -o /usr/local/bin/board board.c
COPY start /usr/local/bin/
CMD ["/usr/local/bin/start"]
`;
  const files = { 'board.c': 'int main(void) { return 0; }\n' };
  const script = (line: string) => told(text, { ...files, start: `#!/usr/bin/perl\n${line}\n` });
  expect(script('exec "board";').unread).toEqual([]);
  expect(script('exec "gcc", "-v";').unread).toEqual(['/usr/local/bin/start']);
  expect(told(text, { ...files, start: '#!/bin/sh\nexec board\n' }).unread).toEqual([]);
});

test('what the author removes again no script can start in either container', () => {
  const text = `FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY board.c .
RUN gcc -o /usr/local/bin/board board.c
RUN apt-get purge -y gcc
COPY start.sh /usr/local/bin/
CMD ["/usr/local/bin/start.sh"]
`;
  const files = { 'board.c': 'int main(void) { return 0; }\n', 'start.sh': null };
  expect(told(text, files).unread).toEqual([]);
  expect(told(text.replace('RUN apt-get purge -y gcc\n', ''), files).unread).toEqual(['/usr/local/bin/start.sh']);
});

test('names of packages are no expressions', () => {
  const text = (name: string) => `FROM debian:12
RUN apt-get update && apt-get install -y ${name} git gcc
WORKDIR /app
COPY . .
RUN gcc -o board board.c
CMD ["python3", "app.py"]
`;
  const files = { 'app.py': 'import subprocess\nsubprocess.run(["git", "log"])\n', 'board.c': 'int main(void) {}\n' };
  for (const name of ['g[ait', '"[a"', '"*"', '"("']) expect(told(text(name), files).runtime).toContain('git');
});
