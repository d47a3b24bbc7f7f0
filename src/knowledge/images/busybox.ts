import { systemPath } from './distributions.ts';
import { scratchFacts } from './distroless.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://hub.docker.com/_/busybox';

/** https://hub.docker.com/_/busybox: one program and, by the variant, a C library. */
export const busybox: ImageFamily = {
  source: SOURCE,
  describe: (tag) => ({
    ...scratchFacts,
    family: 'busybox',
    libc: /musl/.test(tag.tag) ? 'musl' : /glibc/.test(tag.tag) ? 'glibc' : null,
    env: { PATH: systemPath },
    cmd: ['sh'],
    programs: ['wget'],
    shell: true,
    source: SOURCE,
  }),
};
