import type { ImageFacts } from '../image.ts';
import { baseOnly } from './base-only.ts';
import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { type Base, baseOf } from './release.ts';

/** `3.22`, `jammy`, `bookworm`; with the architecture in front of the older ones (`arm64v8-jammy`) they are left alone. */
const release =
  (distribution: Base['distribution']) =>
  (tag: string): Base | null => {
    if (distribution === 'alpine') return /^3\.\d+$/.test(tag) ? { distribution, release: tag } : null;
    const found = baseOf(tag);
    return found !== null && found !== 'other' && found.distribution === distribution ? found : null;
  };

function linuxserver(distribution: 'alpine' | 'ubuntu' | 'debian'): ImageFamily {
  const source = `https://github.com/linuxserver/docker-baseimage-${distribution}`;
  return baseOnly(
    'linuxserver',
    source,
    release(distribution),
    ['bash', 'curl', 'with-contenv'],
    (): Partial<ImageFacts> => ({
      entrypoint: ['/init'],
      cmd: null,
      env: { PATH: systemPath, HOME: '/root', TERM: 'xterm' },
      accounts: ['abc'],
      hasCertificates: true,
      hasTimeZones: true,
    }),
  );
}

/** https://docs.linuxserver.io/general/container-customization/: a distribution with s6 as its init, by full name. */
export const linuxserverFamilies: Readonly<Record<string, ImageFamily>> = Object.fromEntries(
  (['alpine', 'ubuntu', 'debian'] as const).flatMap((distribution) => {
    const family = linuxserver(distribution);
    const names = [
      'ghcr.io/linuxserver/baseimage-',
      'linuxserver/baseimage-',
      'lscr.io/linuxserver/baseimage-',
      'lsiobase/',
    ];
    // Before there were tags of several architectures, each had a name of its own, made by the same recipe.
    return names.flatMap((name) =>
      ['', '.armhf', '.arm64'].map((suffix): [string, ImageFamily] => [`${name}${distribution}${suffix}`, family]),
    );
  }),
);
