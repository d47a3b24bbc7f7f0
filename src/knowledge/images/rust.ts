import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily, ReadTag } from './family.ts';
import { readTag } from './read-tag.ts';

const SOURCE = 'https://github.com/rust-lang/docker-rust';
const LINKER = ['gcc', 'cc', 'cpp', 'ld', 'as', 'ar', 'strip', 'objcopy', 'objdump', 'readelf'];

/** https://hub.docker.com/_/rust */
export const rust: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const base = tag.base ?? { distribution: 'debian', release: null };
    const slim = tag.tag.includes('slim') || base.distribution === 'alpine';
    const below = slim ? distributionFacts(base, true) : buildpackFacts(base, 'full');
    return {
      ...below,
      family: 'rust',
      env: {
        PATH: `/usr/local/cargo/bin:${systemPath}`,
        RUSTUP_HOME: '/usr/local/rustup',
        CARGO_HOME: '/usr/local/cargo',
      },
      versionVariables: ['RUST_VERSION'],
      programs: [...below.programs, ...(slim ? LINKER : []), 'cargo', 'rustc', 'rustup', 'rustdoc'],
      hasCertificates: true,
      // Not /usr/local/cargo as a whole: `cargo install` puts programs into its bin.
      toolchainTrees: [
        '/usr/local/rustup',
        '/usr/local/cargo/registry',
        '/usr/local/cargo/git',
        '/usr/local/cargo/.package-cache',
        '/usr/local/cargo/.global-cache',
      ],
      toolchain: true,
      source: SOURCE,
    };
  },
};

const NIGHTLY = 'https://github.com/rust-lang/docker-rust-nightly';

/** The official image's tag that a nightly one is configured like: `nightly-slim` → `slim`, `nightly` → `latest`. */
function stableTag(tag: string): ReadTag | null {
  const rest = /^nightly(?:-((?:bookworm|bullseye|buster)(?:-slim)?|slim|alpine(?:3\.1[67])?))?$/.exec(tag);
  if (rest === null) return null;
  const [suite, slim] = (rest[1] ?? 'latest').split('-');
  return readTag('rust', slim === undefined ? (suite as string) : `slim-${suite}`);
}

/** https://hub.docker.com/r/rustlang/rust: as the official image, with the nightly toolchain, by the words of its README. */
export const rustNightly: ImageFamily = {
  source: NIGHTLY,
  describe: ({ tag }) => {
    const stable = stableTag(tag);
    const facts = stable && rust.describe(stable);
    return facts && { ...facts, source: NIGHTLY };
  },
  documents: (tag) => (stableTag(tag) === null ? null : NIGHTLY),
};
