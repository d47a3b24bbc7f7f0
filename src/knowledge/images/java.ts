import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { openjdk } from './openjdk.ts';

/** https://hub.docker.com/_/java: what openjdk was called until the end of 2016, when all of its tags were closed. */
export const java: ImageFamily = {
  source: 'https://hub.docker.com/_/java',
  describe: (tag) => {
    const plain = tag.tag.replace(/^openjdk-/, '');
    const [, major] = /^(\d)/.exec(plain) ?? [];
    const version = major === undefined ? (/^(latest|jdk|jre|alpine)/.test(plain) ? 8 : null) : Number(major);
    const below = version === null ? null : openjdk.describe({ ...tag, tag: plain, version: [version, null] });
    if (below === null) return null;
    // Where Java lay is told by Alpine alone.
    const { JAVA_HOME: home, ...env } = below.env;
    const own = below.distribution === 'alpine' && home !== undefined ? { JAVA_HOME: home } : { PATH: systemPath };
    return { ...below, family: 'java', env: { ...env, ...own }, source: 'https://hub.docker.com/_/java' };
  },
  smaller: ({ tag }) => {
    if (/jre/.test(tag)) return [];
    const match = /^((?:openjdk-)?\d\w*(?:-b\d+)?|latest)?-?(jdk)?(-?alpine)?$/.exec(tag);
    if (match === null) return [];
    const [, version = '', , suite = ''] = match;
    const name = [version === 'latest' ? '' : version, 'jre', suite.replace(/^-/, '')].filter((part) => part !== '');
    const because = 'the java images of one version were made together and closed on one day';
    return [{ image: `java:${name.join('-')}`, unrecorded: { current: null, because } }];
  },
};
