import { expect, test } from 'vitest';
import { split } from '../../src/split.ts';
import { options } from '../cases.ts';

const lines = (end: string): string =>
  `FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o lugger && mv lugger /usr/local/bin/lugger\n${end}\n`;

test.each([
  'WORKDIR /srv/$UNSET\nCOPY . .\nENTRYPOINT ["/src/lugger", "-v"]',
  'WORKDIR /srv\nCOPY . .\nENTRYPOINT ["/src/lugger", "-v"]',
])('a program that was moved away is not in the folder that is carried: %s', (end) => {
  const { outcome, diagnostics } = split(lines(end), options, null);
  expect([outcome, diagnostics.map(({ code }) => code)]).toEqual(['refused', ['DF402']]);
});

test.each([
  'COPY . .\nENTRYPOINT ["/src/lugger"]',
  'RUN cp /usr/local/bin/lugger /src/lugger\nENTRYPOINT ["/src/lugger"]',
  'ENTRYPOINT ["/usr/local/bin/lugger"]',
])('what a later step brings is there: %s', (end) => {
  expect(split(lines(end), options, null).outcome).toBe('split');
});
