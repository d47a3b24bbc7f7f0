import { expect, test } from 'vitest';
import { parse } from '../../src/syntax/parse.ts';
import { failingLine, originalLine, summary } from '../../src/verify/failure.ts';

const original = parse('FROM debian\nWORKDIR /src\nRUN make \\\n    install\nCMD ["a"]\n');
const split = parse(
  'FROM debian AS build\nWORKDIR /src\nRUN make \\\n    install\n\nFROM debian\nRUN apt-get install x\nCMD ["a"]\n',
);
const buildkit = (line: number, text: string): string =>
  `#5 0.210 boom\n------\n > [build 3/3] RUN ...:\n0.210 boom\n------\nDockerfile:${line}\n--------------------\n   2 |     WORKDIR /src\n   ${line} | >>> ${text}\n--------------------\nERROR: failed to solve: exit code: 2\n`;

test('the failing line is read from what BuildKit prints, and found in the original by its text', () => {
  const line = failingLine(buildkit(3, 'RUN make \\'), split);
  expect(line).toBe(3);
  expect(originalLine(line, split, original)).toBe(3);
  const added = failingLine(buildkit(7, 'RUN apt-get install x'), split);
  expect(added).toBe(7);
  expect(originalLine(added, split, original)).toBeNull();
});

test('the failing line is read from the steps that other builders count', () => {
  expect(failingLine('Step 1/3 : FROM debian\nStep 2/3 : RUN make     install\nboom', original)).toBe(3);
  expect(failingLine('[1/2] STEP 3/4: RUN make install\nError: building at STEP', split)).toBe(3);
  expect(failingLine('no such host', original)).toBeNull();
});

test('a build that was ended has failed at the step that was under way', () => {
  const before = '#4 [1/3] FROM debian\n#4 CACHED\n#5 [2/3] WORKDIR /src\n#5 DONE 0.1s\n';
  expect(failingLine(`${before}#6 [build 3/3] RUN make     install\n#6 0.2 cc\n`, original)).toBe(3);
  expect(failingLine(before, original)).toBeNull();
});

test('the summary is the end of the output without progress', () => {
  expect(summary('#1 DONE 0.1s\n#5 0.210 boom\n#6 CACHED\n\n#7 0.3 bang\n')).toBe('boom\nbang');
  expect(summary('a\nb\nc\n', 2)).toBe('b\nc');
  expect(summary(buildkit(3, 'RUN make'))).not.toMatch(/>>>|WORKDIR|----/);
  expect(summary(buildkit(3, 'RUN make'))).toContain('0.210 boom');
});
