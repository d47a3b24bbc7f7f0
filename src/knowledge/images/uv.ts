import type { ImageFacts } from '../image.ts';
import { alpine } from './alpine.ts';
import { buildpackDeps } from './buildpack-deps.ts';
import { debian } from './debian.ts';
import type { ImageFamily } from './family.ts';
import { python } from './python.ts';
import { readTag } from './read-tag.ts';

const SOURCE = 'https://docs.astral.sh/uv/guides/integration/docker/#available-images';

/** `python3.12-bookworm-slim`, `0.8.3-python3.12-alpine`, `trixie-slim`, `0.8-bookworm`: a version of uv may stand in front. */
const TAG =
  /^(?:\d+\.\d+(?:\.\d+)?-)?(?:python(3\.\d+)-(bookworm|trixie|alpine)((?:\d\.\d+)?)|(bookworm|trixie|alpine)((?:\d\.\d+)?))(-slim)?$/;

type Below = { readonly image: 'python' | 'debian' | 'alpine' | 'buildpack-deps'; readonly tag: string };
const families = { python, debian, alpine, 'buildpack-deps': buildpackDeps };

/** What an image is made FROM: uv writes `slim` behind the suite. Which Alpine is meant where none is named has changed. */
function below(tag: string): Below | null {
  const [, python, suite = '', number = '', plain = '', plainNumber = '', slim = ''] = TAG.exec(tag) ?? [];
  const alpine = (suite || plain) === 'alpine';
  if ((suite || plain) === '' || (alpine ? slim !== '' || number + plainNumber === '' : number + plainNumber !== ''))
    return null;
  if (python !== undefined) return { image: 'python', tag: `${python}${slim}-${suite}${number}` };
  if (alpine) return { image: 'alpine', tag: plainNumber };
  return slim === '' ? { image: 'buildpack-deps', tag: plain } : { image: 'debian', tag: `${plain}-slim` };
}

function factsOf(tag: string): ImageFacts | null {
  const base = below(tag);
  const read = base && readTag(base.image, base.tag);
  const facts = base && read && families[base.image].describe(read);
  return (
    facts && {
      ...facts,
      family: 'uv',
      env: { ...facts.env, UV_TOOL_BIN_DIR: '/usr/local/bin' },
      entrypoint: null,
      cmd: ['/usr/local/bin/uv'],
      programs: [...facts.programs, 'uv', 'uvx'],
      source: SOURCE,
    }
  );
}

/** https://github.com/astral-sh/uv/pkgs/container/uv: uv on top of an official image, and nothing else. */
export const uv: ImageFamily = {
  source: SOURCE,
  describe: ({ tag }) => factsOf(tag),
  documents: (tag) => (below(tag) === null ? null : SOURCE),
  smaller: ({ tag }) => {
    const base = below(tag);
    return base?.image === 'python'
      ? [{ image: `python:${base.tag.replace(/^(3\.\d+)-(bookworm|trixie)$/, '$1-slim-$2')}` }]
      : [];
  },
};
