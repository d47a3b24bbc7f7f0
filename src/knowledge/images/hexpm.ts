import type { ImageFacts } from '../image.ts';
import { table } from '../table.ts';
import { distributionFacts } from './distributions.ts';
import type { ImageFamily, Sibling } from './family.ts';
import type { Base } from './release.ts';

const SOURCE = 'https://github.com/hexpm/bob/tree/main/priv/scripts/docker';

/** `1.17.3-erlang-27.1-debian-bookworm-20240926-slim`, of hexpm/erlang without the first part. */
const TAG = /^(?:(\d[\w.]*(?:-rc\.\d+)?)-erlang-)?(\d[\w.]*)-(alpine|debian|ubuntu)-(?:([a-z]+)-)?(\d[\d.]*)(-slim)?$/;

/** Libraries that the virtual machine is linked with from OTP 20 on, as the final stage of the image installs them. */
const LIBRARIES = table<readonly string[]>({
  stretch: ['libodbc1', 'libssl1.1', 'libsctp1'],
  buster: ['libodbc1', 'libssl1.1', 'libsctp1'],
  bullseye: ['libodbc1', 'libssl1.1', 'libsctp1'],
  bookworm: ['libodbc1', 'libssl3', 'libsctp1'],
  trixie: ['libodbc2', 'libssl3t64', 'libsctp1'],
  bionic: ['libodbc1', 'libssl1.1', 'libsctp1'],
  focal: ['libodbc1', 'libssl1.1', 'libsctp1'],
  jammy: ['libodbc1', 'libssl3', 'libsctp1'],
  noble: ['libodbc2', 'libssl3t64', 'libsctp1'],
  resolute: ['libodbc2', 'libssl3t64', 'libsctp1'],
});
const ALPINE = ['ca-certificates', 'libstdc++', 'lksctp-tools', 'ncurses', 'openssl', 'unixodbc'];

interface HexTag {
  readonly base: Base;
  /** The tag of the distribution's own image: `bookworm-20240926`, `3.21.6`. */
  readonly below: string;
  readonly otp: number;
  readonly slim: boolean;
}

function readHexTag(tag: string): HexTag | null {
  const [, , otp, distribution, suite, number = '', slim] = TAG.exec(tag) ?? [];
  if (otp === undefined) return null;
  if (distribution === 'alpine') {
    const release = /^\d+\.\d+/.exec(number)?.[0] ?? null;
    return { base: { distribution, release }, below: number, otp: Number.parseInt(otp, 10), slim: true };
  }
  if (suite === undefined || !/^\d{8}/.test(number)) return null;
  const base: Base = { distribution: distribution === 'ubuntu' ? 'ubuntu' : 'debian', release: suite };
  return { base, below: `${suite}-${number}`, otp: Number.parseInt(otp, 10), slim: slim !== undefined };
}

function factsOf(tag: string, elixir: boolean): ImageFacts | null {
  const read = readHexTag(tag);
  if (read === null || (TAG.exec(tag)?.[1] === undefined) === elixir) return null;
  const below = distributionFacts(read.base, read.slim);
  const alpine = read.base.distribution === 'alpine';
  return {
    ...below,
    family: 'hexpm',
    env: { ...below.env, ...(alpine ? {} : { LANG: 'C.UTF-8' }) },
    programVariables: ['LANG'],
    programs: [...below.programs, 'erl', 'erlc', 'escript', ...(elixir ? ['elixir', 'elixirc', 'iex', 'mix'] : [])],
    hasCertificates: true,
    toolchain: true,
    interpreter: 'erlang',
    source: SOURCE,
  };
}

/** The distribution's image that they are made FROM, with the libraries that they install: enough for a release. */
function below(tag: string): readonly Sibling[] {
  const read = readHexTag(tag);
  if (read === null) return [];
  const { distribution, release } = read.base;
  if (read.otp < 20) return [];
  if (distribution === 'alpine') return [{ image: `alpine:${read.below}`, packages: ALPINE }];
  const libraries = LIBRARIES[release ?? ''];
  if (libraries === undefined) return [];
  const packages = ['ca-certificates', ...libraries, 'netbase'];
  const slim = distribution === 'debian' ? '-slim' : '';
  return [{ image: `${distribution}:${read.below}${slim}`, packages }];
}

const family = (elixir: boolean): ImageFamily => ({
  source: SOURCE,
  describe: ({ tag }) => factsOf(tag, elixir),
  smaller: ({ tag }) => below(tag),
  documents: (tag) => (factsOf(tag, elixir) === null ? null : SOURCE),
});

/** https://hub.docker.com/r/hexpm/elixir and https://hub.docker.com/r/hexpm/erlang */
export const hexpmFamilies: Readonly<Record<string, ImageFamily>> = {
  'hexpm/elixir': family(true),
  'hexpm/erlang': family(false),
};
