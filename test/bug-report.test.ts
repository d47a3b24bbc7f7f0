import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { smallestPart } from '../src/cli/bug-report.ts';
import { processFile } from '../src/cli/process-file.ts';
import type { Claim } from '../src/transform/check/check-split.ts';

// A check that refuses what the real one lets pass: nothing that is known is refused by that.
vi.mock('../src/transform/check/check-split.ts', () => ({
  checkSplit: ({ input }: Claim) => (input.includes('EXPOSE 13') ? ['line 7: the port is unlucky'] : []),
}));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dfsplit-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = `# What it does.
FROM golang:1.25
WORKDIR /src
LABEL owner=someone
COPY . .

RUN go vet ./... && \\
    go build -o /bin/app .
# A port.
EXPOSE 13
USER 1000
CMD ["/bin/app"]
`;

const run = async (file: string, write = true) =>
  processFile(file, { flags: { write, limit: {} } as never, format: 'diff', color: false, whole: false }, new Map());

test('a failed check leaves the file alone and tells what to report', async () => {
  const file = join(folder, 'Dockerfile');
  writeFileSync(file, TEXT);
  const { text, complaints, changes, tally } = await run(file);
  expect(readFileSync(file, 'utf8')).toBe(TEXT);
  expect(changes).toBe(false);
  expect(tally.outcome).toBe('failed');
  expect(text).toContain('DF501');
  expect(complaints).toContain('## DF501: a line: the port is unlucky\n');
  expect(complaints).toContain(`Node.js ${process.versions.node}, ${process.platform} ${process.arch}\n`);
  // A container that needs something built is the least that is split at all.
  expect(/```dockerfile\n([\s\S]*)\n```/.exec(complaints)?.[1]?.split('\n')).toEqual([
    'FROM golang:1.25',
    'RUN go vet ./... && \\',
    '    go build -o /bin/app .',
    'EXPOSE 13',
  ]);
  expect(complaints).toContain('3 of 8 instructions show it, without the build context:');
});

test('what passes has nothing to report', async () => {
  const file = join(folder, 'Dockerfile');
  writeFileSync(file, TEXT.replace('13', '14'));
  expect((await run(file, false)).complaints).toBe('');
});

test('a smaller file is looked for as long as there is time', () => {
  const still = (part: string): boolean => part.includes('EXPOSE');
  expect(smallestPart(TEXT, still, () => true)).toBe('EXPOSE 13\n');
  expect(smallestPart(TEXT, still, () => false)).toBe(TEXT);
});
