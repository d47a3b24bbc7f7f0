import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { redHatFacts } from './red-hat.ts';
import { baseOf } from './release.ts';
import { tagInfo } from './tag-table.ts';

const SOURCE = 'https://gitlab.com/nvidia/container-images/cuda/-/blob/master/doc/README.md';

/** `12.4.1-devel-ubuntu22.04`, `11.8.0-cudnn8-runtime-ubi8`, `12.6.3-cudnn-devel-rockylinux9`. */
const TAG =
  /^(\d+\.\d+(?:\.\d+)?(?:-cudnn\d*)?)-(base|runtime|devel)-(ubuntu(\d\d\.\d\d)|ubi\d|rockylinux\d|centos\d)$/;

/** Numba, CuPy, XLA and extensions of PyTorch compile for the card when they run. */
const LEAVES = 'the compiler, headers and device libraries of CUDA';

/**
 * https://hub.docker.com/r/nvidia/cuda: `runtime` has all shared libraries of the toolkit, and `devel` is made FROM it with
 * the compiler, headers and static libraries on top. Programs need those libraries, whatever they are written in.
 */
export const cuda: ImageFamily = {
  source: SOURCE,
  redHat: true,
  describe: ({ tag }) => {
    const [, , kind = '', system = '', ubuntu] = TAG.exec(tag) ?? [];
    if (system === '') return null;
    const word = ubuntu === undefined ? system : (tagInfo('ubuntu', ubuntu)?.release ?? '');
    const base = baseOf(word);
    if (base === null || base === 'other') return null;
    const below =
      base.distribution === 'redhat' ? redHatFacts('cuda', base.release, SOURCE, '') : distributionFacts(base, false);
    const own =
      kind === 'devel' ? ['nvcc', 'cuobjdump', 'nvprune', 'gcc', 'g++', 'cc', 'make', 'ld', 'ar', 'strip'] : [];
    return {
      ...below,
      family: 'cuda',
      env: {
        PATH: `/usr/local/nvidia/bin:/usr/local/cuda/bin:${systemPath}`,
        LD_LIBRARY_PATH: '/usr/local/nvidia/lib:/usr/local/nvidia/lib64',
        NVIDIA_VISIBLE_DEVICES: 'all',
        NVIDIA_DRIVER_CAPABILITIES: 'compute,utility',
      },
      programs: [...below.programs, ...own],
      hasCertificates: true,
      toolchain: kind === 'devel',
      // Nothing but an image of the same version has its libraries.
      interpreter: 'cuda',
      source: SOURCE,
    };
  },
  documents: (tag) => (TAG.test(tag) ? SOURCE : null),
  smaller: ({ tag }) => {
    const [, version, kind, system] = TAG.exec(tag) ?? [];
    return kind === 'devel' ? [{ image: `nvidia/cuda:${version}-runtime-${system}`, leaves: LEAVES }] : [];
  },
};
