import { elixir, erlang } from './erlang.ts';
import type { ImageFamily } from './family.ts';
import { node } from './node.ts';
import { readTag } from './read-tag.ts';

const SOURCE = 'https://github.com/gleam-lang/gleam/tree/main/containers';

/** `v1.4.1-erlang-alpine`: a release of the compiler in the newest image of a run time at that moment. */
const TAG = /^v\d+\.\d+\.\d+-(erlang|elixir|node)(-alpine|-slim)?$/;
const RUN_TIMES = { erlang, elixir, node } as const;

/** https://github.com/gleam-lang/gleam/pkgs/container/gleam */
export const gleam: ImageFamily = {
  source: SOURCE,
  describe: ({ tag }) => {
    const [, name, kind] = TAG.exec(tag) ?? [];
    if (name === undefined) return null;
    const below = readTag(name, kind === undefined ? 'latest' : kind.slice(1));
    // Which release the newest image stood on when the tag was made is not told.
    const base = below && {
      distribution: kind === '-alpine' ? ('alpine' as const) : ('debian' as const),
      release: null,
    };
    const facts = below && RUN_TIMES[name as keyof typeof RUN_TIMES].describe({ ...below, base });
    return (
      facts && {
        ...facts,
        family: 'gleam',
        cmd: ['gleam'],
        programs: [...facts.programs, 'gleam'],
        toolchain: true,
        source: SOURCE,
      }
    );
  },
  smaller: ({ tag }) =>
    TAG.exec(tag)?.[2] === undefined && TAG.test(tag)
      ? [
          {
            image: `ghcr.io/gleam-lang/gleam:${tag}-slim`,
            packages: ['ca-certificates', 'tzdata'],
            unrecorded: { current: null, because: 'the images of one release of Gleam are made together' },
          },
        ]
      : [],
  documents: (tag) => (TAG.test(tag) ? SOURCE : null),
};
