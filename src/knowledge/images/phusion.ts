import { distributionFacts } from './distributions.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://github.com/phusion/baseimage-docker';

/** The release by the tags of SOURCE: named in front of the newer ones, and by the number before that. */
function releaseOf(tag: string): string | null {
  const named = /^(bionic|focal|jammy|noble)-\d/.exec(tag)?.[1];
  if (named !== undefined) return named;
  if (/^(0\.11|18\.04-1\.0\.0)$/.test(tag)) return 'bionic';
  if (/^0\.10\.[0-2]$/.test(tag)) return 'xenial';
  const patch = Number(/^0\.9\.(\d{1,2})$/.exec(tag)?.[1] ?? Number.NaN);
  if (Number.isNaN(patch) || patch > 22) return null;
  return patch >= 19 ? 'xenial' : patch >= 10 ? 'trusty' : 'precise';
}

/** https://hub.docker.com/r/phusion/baseimage: Ubuntu with an init process, syslog, cron and an SSH server. */
export const phusion: ImageFamily = {
  source: SOURCE,
  describe: ({ tag }) => {
    const release = releaseOf(tag);
    if (release === null) return null;
    const below = distributionFacts({ distribution: 'ubuntu', release }, false);
    return {
      ...below,
      family: 'phusion',
      cmd: ['/sbin/my_init'],
      programs: [
        ...below.programs,
        'my_init',
        'setuser',
        'sv',
        'runsv',
        'cron',
        'sshd',
        'ssh',
        'curl',
        'less',
        'vim',
        'python3',
      ],
      hasCertificates: true,
      interpreter: 'phusion',
      source: SOURCE,
    };
  },
  documents: (tag) => (releaseOf(tag) === null ? null : SOURCE),
};
