import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts } from './distributions.ts';
import type { ImageFamily, ReadTag } from './family.ts';

const SOURCE = 'https://github.com/erlang/docker-erlang-otp';

function describe(tag: ReadTag) {
  const base = tag.base ?? { distribution: 'debian' as const, release: null };
  const alpine = base.distribution === 'alpine';
  // The slim ones stand on Debian's full image.
  const small = alpine || tag.tag.includes('slim');
  const below = small ? distributionFacts(base, alpine) : buildpackFacts(base, 'full');
  const programs = [...below.programs, 'erl', 'erlc', 'escript', ...(small ? [] : ['rebar', 'rebar3'])];
  return {
    ...below,
    family: 'erlang',
    cmd: ['erl'],
    programs,
    toolchain: false,
    interpreter: 'erlang',
    source: SOURCE,
  };
}

/** https://hub.docker.com/_/erlang: the table does not record the release, so nothing smaller is ever proven. */
export const erlang: ImageFamily = { source: SOURCE, describe };

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
      interpreter: 'elixir',
      source: 'https://github.com/erlef/docker-elixir',
    };
  },
};
