import { describe, expect, test } from 'vitest';
import { split } from '../../src/split.ts';
import { bytes } from '../../src/verify/bytes.ts';
import { expectationOf } from '../../src/verify/expectation.ts';
import type { Origins } from '../../src/verify/hints.ts';
import { compareSizes, sizesOf } from '../../src/verify/sizes.ts';
import { options } from '../cases.ts';
import { file, image, text } from './images.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [770_123, '770 kB'],
  [1_500_000, '1.5 MB'],
  [100_000_000, '100 MB'],
  [1_424_000_000, '1.42 GB'],
])('%d bytes are %s', (size, words) => expect(bytes(size)).toBe(words));

test('an image that is not smaller is worth a note', () => {
  const [small, large] = [
    { ...image({}), size: 1_000_000 },
    { ...image({}), size: 2_000_000 },
  ];
  expect(compareSizes(large, small)).toEqual([]);
  expect(compareSizes(small, large)).toMatchObject([{ code: 'DF651', before: '1 MB', after: '2 MB' }]);
  expect(compareSizes(small, small)).toHaveLength(1);
});

describe('the rest', () => {
  const paragraph = (name: string, depends = '', recommends = '') =>
    `Package: ${name}\nStatus: install ok installed\nVersion: 1\nDepends: ${depends}\nRecommends: ${recommends}\n`;
  const listed = (name: string, size: number) => ({
    [`/var/lib/dpkg/info/${name}.list`]: text(`/usr/lib/${name}\n`),
    [`/usr/lib/${name}`]: file({ size }),
  });
  const after = image({
    '/var/lib/dpkg/status': text(
      [
        paragraph('supervisor', 'python3 (>= 3.9), init-system-helpers | other', 'iso-codes'),
        paragraph('python3', 'python3-minimal'),
        paragraph('python3-minimal'),
        paragraph('iso-codes', 'iso-data'),
        paragraph('iso-data'),
        `Priority: required\n${paragraph('bash', 'python3-minimal')}`,
      ].join('\n'),
    ),
    ...listed('supervisor', 700),
    ...listed('python3', 600),
    ...listed('python3-minimal', 500),
    ...listed('iso-codes', 400),
    ...listed('iso-data', 300),
    ...listed('bash', 200),
    '/opt/weather/station': file({ size: 900 }),
    '/usr/local/other': file({ size: 100 }),
  });

  test('says of everything why it is there', () => {
    const origins: (Origins | null)[] = [];
    const text = [
      'FROM debian:bookworm',
      'RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev supervisor',
      'WORKDIR /opt/weather',
      'COPY station.c ./',
      'RUN gcc -o station station.c',
      'CMD ["supervisord", "-n"]',
    ].join('\n');
    split(text, options, null, (plan) => {
      origins.push(expectationOf(plan).origins);
    });
    const { rest } = sizesOf(after, after, origins[0] ?? null);
    expect(Object.fromEntries(rest.map(({ name, hint }) => [name, hint]))).toEqual({
      '/opt/weather/station': 'comes from the build context (instructions#copy)',
      '/var/lib/dpkg/status': 'what the package manager keeps for itself',
      'package bash': expect.stringMatching(
        /^comes with debian:bookworm-slim \(images\/debian\); not gcr\.io\/distroless\/cc-debian12: .*needs a shell/,
      ),
      'package iso-codes': 'supervisor recommends it: --no-install-recommends leaves it out',
      'package iso-data': 'iso-codes brings it along',
      'package python3': 'supervisor brings it along',
      'package python3-minimal': expect.stringMatching(/^comes with debian/),
      'package supervisor': 'the file installs it: system (packages/debian#supervisor)',
    });
  });
});
