import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { languageImage } from './language-image.ts';

const SOURCE = 'https://github.com/clux/muslrust';
const TAG = /^(?:\d[\d.]*-)?(?:stable|nightly|beta)(?:-(\d{4}-\d\d-\d\d))?$/;
/** When the toolchain left root's own folder. */
const MOVED = '2025-05-23';

/** https://hub.docker.com/r/clux/muslrust: Ubuntu with a Rust toolchain whose target is static on musl. */
export const muslrust: ImageFamily = {
  source: SOURCE,
  describe: ({ tag }) => {
    const match = TAG.exec(tag);
    if (match === null || (match[1] === undefined && /^\d/.test(tag))) return null;
    const [, date = '9999'] = match;
    if (date < '2018-02-01') return null;
    const moved = date >= MOVED;
    return languageImage(
      'muslrust',
      SOURCE,
      { distribution: 'ubuntu', release: null },
      'cargo rustc rustup gcc g++ cc musl-gcc make cmake ld git curl unzip file ssh'.split(' '),
      {
        env: {
          PATH: `${moved ? '/opt/cargo/bin' : '/root/.cargo/bin'}:/musl/bin:${systemPath}`,
          // On the other architecture, of which there are images since 2024, it is aarch64.
          CARGO_BUILD_TARGET: 'x86_64-unknown-linux-musl',
          ...(moved ? { CARGO_HOME: '/opt/cargo', RUSTUP_HOME: '/opt/rustup' } : {}),
        },
        workdir: '/volume',
        hasCertificates: true,
        toolchainTrees: moved
          ? ['/opt/rustup', '/opt/cargo/registry', '/opt/cargo/git']
          : ['/root/.rustup', '/root/.cargo/registry', '/root/.cargo/git'],
      },
    );
  },
};
