import type { ImageFacts } from '../image.ts';
import { systemPath } from './distributions.ts';
import { temurinFacts } from './eclipse-temurin.ts';
import { type ImageFamily, type ReadTag, sibling } from './family.ts';
import { openjdk } from './openjdk.ts';
import { baseOf } from './release.ts';

const SOURCE = 'https://github.com/jruby/docker-jruby';

/** `9.4`, `9.4-jdk`, `9.4.8-jre17`, `9.1.17.0-jdk`, `latest`, `jdk`, `jre21`. */
const TAG = /^(?:latest|(?:(\d[\d.]*)(?:-|$))?(?:(jdk|jre)(\d*))?)(?:-alpine)?$/;

/** What a line of versions stood on when it was last made; what came before in the line may stand on an older release. */
const RELEASES: Readonly<Record<string, string>> = { '9.2': 'focal', '9.3': 'jammy', '9.4': 'jammy', '10.0': 'noble' };

/** Up to 9.1 it stood on OpenJDK's own image, since 9.4 always on Temurin's; in between only the lines themselves are certain. */
function javaFacts(tag: ReadTag): ImageFacts | null {
  const match = TAG.exec(tag.tag);
  if (match === null) return null;
  const [, number = '', kind = 'jre', java = ''] = match;
  const [major = 0, minor = 0] = number.split('.').map(Number);
  const old = number !== '' && (major < 9 || (major === 9 && minor < 2));
  if (old) return openjdk.describe({ ...tag, words: [kind, ...tag.words], version: [8, null] });
  if (tag.words.includes('alpine')) return null;
  const found = baseOf(RELEASES[number] ?? '');
  if (found === null && major === 9 && minor < 4) return null;
  const base = found === null || found === 'other' ? { distribution: 'ubuntu' as const, release: null } : found;
  return temurinFacts(base, java === '' ? null : Number(java), kind === 'jre', tag.last);
}

/** https://hub.docker.com/_/jruby: the same JRuby with a JDK and with a JRE. */
export const jruby: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const below = javaFacts(tag);
    if (below === null) return null;
    const gems = '/usr/local/bundle';
    return {
      ...below,
      family: 'jruby',
      env: {
        ...below.env,
        PATH: `${gems}/bin:/opt/jruby/bin:${below.env.PATH ?? systemPath}`,
        GEM_HOME: gems,
        BUNDLE_SILENCE_ROOT_WARNING: '1',
        BUNDLE_APP_CONFIG: gems,
      },
      cmd: ['irb'],
      programs: [...below.programs, 'jruby', 'ruby', 'gem', 'bundle', 'bundler', 'irb', 'rake', 'jirb', 'make'],
      folders: [gems],
      toolchain: false,
      interpreter: 'ruby',
      source: SOURCE,
    };
  },
  smaller: ({ tag }) => {
    const [, number, kind] = TAG.exec(tag) ?? [];
    return kind === 'jdk' && number !== undefined ? sibling('jruby', tag.replace('-jdk', '-jre')) : [];
  },
  documents: (tag) => (/^\d[\d.]*-(jdk|jre)\d*$/.test(tag) ? 'https://hub.docker.com/_/jruby' : null),
};
