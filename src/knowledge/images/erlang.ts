import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts } from './distributions.ts';
import { type ImageFamily, type ReadTag, type Sibling, slimAtEnd } from './family.ts';

const SOURCE = 'https://github.com/erlang/docker-erlang-otp';

function describe(tag: ReadTag) {
  const base = tag.base ?? { distribution: 'debian' as const, release: null };
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
function slim(image: string, tag: ReadTag, oldest: readonly [number, number]): readonly Sibling[] {
  const name = slimAtEnd(tag.tag);
  const [major = 99, minor = 0] = tag.version ?? [];
  const tooOld = major < oldest[0] || (major === oldest[0] && (minor ?? 99) < oldest[1]);
  if (name === null || tooOld) return [];
  const because = 'the full and the slim image of one version are made together on the same release of Debian';
  return [
    {
      image: `${image}:${name}`,
      packages: ['ca-certificates', 'tzdata'],
      unrecorded: { current: null, because },
    },
  ];
}

/** https://hub.docker.com/_/erlang: from 24 on the releases that they stand on have packages to install from. */
export const erlang: ImageFamily = { source: SOURCE, describe, smaller: (tag) => slim('erlang', tag, [24, 0]) };

/** https://hub.docker.com/_/elixir */
export const elixir: ImageFamily = {
  source: 'https://github.com/erlef/docker-elixir',
  describe: (tag) => {
    const below = describe(tag);
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
  smaller: (tag) => slim('elixir', tag, [1, 13]),
};
