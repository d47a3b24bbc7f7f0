import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://github.com/dart-lang/dart-docker';

/**
 * What the images stood on in each month, by the history of SOURCE: a tag that was closed in a month in which that changed
 * is not told, for nobody recorded whether it was made again.
 */
function releaseIn(month: string): string | null {
  if (month > '2025-09') return 'trixie';
  if (month > '2023-11') return month < '2025-08' ? 'bookworm' : null;
  if (month > '2022-03') return month < '2023-09' ? 'bullseye' : null;
  return month > '2021-05' && month < '2022-02' ? 'buster' : null;
}

/** https://hub.docker.com/_/dart: the SDK on a slim Debian. What it compiles runs on Debian alone. */
export const dart: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const below = distributionFacts(
      tag.base ?? { distribution: 'debian', release: tag.known ? releaseIn(tag.last) : null },
      true,
    );
    return {
      ...below,
      family: 'dart',
      env: { PATH: `/usr/lib/dart/bin:/root/.pub-cache/bin:${systemPath}`, DART_SDK: '/usr/lib/dart' },
      workdir: '/root',
      programs: [...below.programs, 'dart', 'curl', 'dig', 'git', 'ssh', 'unzip'],
      hasCertificates: true,
      toolchainTrees: ['/usr/lib/dart', '/root/.pub-cache', '/runtime'],
      toolchain: true,
      source: SOURCE,
    };
  },
};
