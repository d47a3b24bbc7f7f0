import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts } from './distributions.ts';
import { type ImageFamily, type ReadTag, type Sibling, slimAtEnd } from './family.ts';

const SOURCE = 'https://github.com/erlang/docker-erlang-otp';

/** What OTP stood on from which month on, by the files that official images were made from: library/erlang of their list. */
const RELEASES: readonly (readonly [otp: number, since: string, release: string])[] = [
  [18, '2016-06', 'jessie'],
  [18, '2018-11', 'stretch'],
  [19, '2016-06', 'jessie'],
  [19, '2018-11', 'stretch'],
  [20, '2017-07', 'jessie'],
  [20, '2018-04', 'stretch'],
  [20, '2022-07', 'buster'],
  [21, '2018-06', 'stretch'],
  [21, '2022-07', 'buster'],
  [22, '2019-05', 'stretch'],
  [22, '2019-12', 'buster'],
  [23, '2020-03', 'buster'],
];

/** The OTP that the tags of Elixir which name none were made with. */
const ELIXIR_OTP: readonly number[] = [18, 18, 18, 19, 19, 20, 20, 21, 21, 22, 22, 23];

function otpOf(tag: ReadTag, elixir: boolean): number | null {
  const [major = null, minor = null] = tag.version ?? [];
  const named = /-otp-(\d+)/.exec(tag.tag)?.[1];
  if (!elixir || named !== undefined) return elixir ? Number(named) : major;
  return major === 1 && minor !== null ? (ELIXIR_OTP[minor] ?? null) : null;
}

/** A tag that was closed in a month in which that changed is not told. */
function releaseOf(tag: ReadTag, elixir: boolean): string | null {
  const otp = otpOf(tag, elixir);
  const rows = RELEASES.filter(([number]) => number === otp);
  if (!tag.known || rows.some(([, since]) => since === tag.last)) return null;
  return rows.findLast(([, since]) => since < tag.last)?.[2] ?? null;
}

function describe(tag: ReadTag, elixir: boolean) {
  const base = tag.base ?? { distribution: 'debian' as const, release: releaseOf(tag, elixir) };
  const alpine = base.distribution === 'alpine';
  // The slim ones stand on Debian's full image.
  const small = alpine || tag.tag.includes('slim');
  const below = small ? distributionFacts(base, alpine) : buildpackFacts(base, 'full');
  const programs = [...below.programs, 'erl', 'erlc', 'escript', 'rebar3', ...(small ? [] : ['rebar'])];
  return {
    ...below,
    family: 'erlang',
    cmd: ['erl'],
    programs,
    toolchain: true,
    interpreter: 'erlang',
    source: SOURCE,
  };
}

/**
 * The full and the slim images of one version stand on the same release of Debian in every commit of their Dockerfiles. The
 * certificates, and on Debian 13 the time zones, came with what the slim ones leave out.
 */
function slim(image: string, tag: ReadTag): readonly Sibling[] {
  const name = slimAtEnd(tag.tag);
  if (name === null) return [];
  const because = 'the full and the slim image of one version are made together on the same release of Debian';
  return [
    {
      image: `${image}:${name}`,
      packages: ['ca-certificates', 'tzdata'],
      unrecorded: { current: null, because },
    },
  ];
}

/** https://hub.docker.com/_/erlang */
export const erlang: ImageFamily = {
  source: SOURCE,
  describe: (tag) => describe(tag, false),
  smaller: (tag) => slim('erlang', tag),
};

/** https://hub.docker.com/_/elixir */
export const elixir: ImageFamily = {
  source: 'https://github.com/erlef/docker-elixir',
  describe: (tag) => {
    const below = describe(tag, true);
    return {
      ...below,
      family: 'elixir',
      env: { ...below.env, LANG: 'C.UTF-8' },
      cmd: ['iex'],
      programs: [...below.programs, 'elixir', 'elixirc', 'iex', 'mix'],
      interpreter: 'erlang',
      source: 'https://github.com/erlef/docker-elixir',
    };
  },
  smaller: (tag) => slim('elixir', tag),
};
