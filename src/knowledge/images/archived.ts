import type { ImageFacts } from '../image.ts';
import { always, baseOnly } from './base-only.ts';
import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';

const UBUNTU = always('ubuntu', 'trusty');
const FULL = 'gcc g++ cc make ld curl git wget unzip vim htop man byobu add-apt-repository perl python'.split(' ');
const dockerfile = (name: string): string => `https://github.com/dockerfile/${name}`;

const data = (): Partial<ImageFacts> => ({
  workdir: '/data',
  cmd: ['bash'],
  env: { PATH: systemPath, HOME: '/root' },
  volumes: ['/data'],
  hasCertificates: true,
});

/** https://github.com/dockerfile: images of Docker's first years on Ubuntu 14.04, which are built no more. */
export const archivedFamilies: Readonly<Record<string, ImageFamily>> = {
  'dockerfile/ubuntu': baseOnly('dockerfile-ubuntu', dockerfile('ubuntu'), UBUNTU, FULL, () => ({
    workdir: '/root',
    cmd: ['bash'],
    env: { PATH: systemPath, HOME: '/root' },
    hasCertificates: true,
  })),
  'dockerfile/python': baseOnly(
    'dockerfile-python',
    dockerfile('python'),
    UBUNTU,
    [...FULL, 'pip', 'virtualenv'],
    data,
  ),
  'dockerfile/nodejs': baseOnly(
    'dockerfile-nodejs',
    dockerfile('nodejs'),
    UBUNTU,
    [...FULL, 'pip', 'virtualenv', 'node', 'npm'],
    data,
  ),
};
