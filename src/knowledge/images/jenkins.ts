import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { openjdk } from './openjdk.ts';
import { baseOf } from './release.ts';

const SOURCE = 'https://github.com/jenkinsci/docker';

/** `lts`, `latest`, `2.89.4`, `lts-jdk17`, `2.479.1-slim`, `lts-alpine`, `2.452-rhel-ubi9-jdk17`. */
const TAG = /^(?:latest|lts|jdk\d+|slim|alpine|\d[\d.]*)(?:-(?:lts|slim|alpine|jdk\d+|jdk\d+-preview))*$/;

/**
 * https://hub.docker.com/r/jenkins/jenkins: the server on Debian or Alpine, of which the tags do not tell the release. What is
 * made on it stays on it.
 */
export const jenkins: ImageFamily = {
  source: SOURCE,
  describe: ({ tag, words }) => {
    if (!TAG.test(tag)) return null;
    const alpine = baseOf(words.find((word) => word === 'alpine') ?? '');
    const below = distributionFacts(
      alpine === null || alpine === 'other' ? { distribution: 'debian', release: null } : alpine,
      words.includes('slim'),
    );
    const home = '/var/jenkins_home';
    return {
      ...below,
      family: 'jenkins',
      env: { PATH: `/opt/java/openjdk/bin:${systemPath}`, JENKINS_HOME: home, JENKINS_SLAVE_AGENT_PORT: '50000' },
      user: 'jenkins',
      entrypoint: ['/usr/bin/tini', '--', '/usr/local/bin/jenkins.sh'],
      cmd: null,
      volumes: [home],
      exposes: ['8080', '50000'],
      programs: [
        ...below.programs,
        'java',
        'jenkins.sh',
        'jenkins-plugin-cli',
        'tini',
        'git',
        'curl',
        'unzip',
        'ssh',
        'gpg',
      ],
      accounts: ['jenkins'],
      hasCertificates: true,
      // The server is no program that runs on another image.
      interpreter: 'jenkins',
      source: SOURCE,
    };
  },
  documents: (tag) => (TAG.test(tag) ? SOURCE : null),
};

/** From 2.7.1 to the last version, 2.60.3: on openjdk 8. */
const FORMER_TAG = /^(?:latest|alpine|2\.(?:7|19|32|46|60)\.\d(?:-alpine)?)$/;

/** https://hub.docker.com/_/jenkins: the image that jenkins/jenkins replaced. */
export const formerJenkins: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    if (!FORMER_TAG.test(tag.tag)) return null;
    const below = openjdk.describe({ ...tag, words: ['jdk', ...tag.words], version: [8, null] });
    const home = '/var/jenkins_home';
    return (
      below && {
        ...below,
        family: 'jenkins',
        env: { ...below.env, JENKINS_HOME: home, JENKINS_SLAVE_AGENT_PORT: '50000' },
        user: 'jenkins',
        entrypoint: ['/bin/tini', '--', '/usr/local/bin/jenkins.sh'],
        cmd: null,
        volumes: [home],
        exposes: ['8080', '50000'],
        programs: [...below.programs, 'jenkins.sh', 'install-plugins.sh', 'plugins.sh', 'git', 'curl', 'bash'],
        accounts: ['jenkins'],
        toolchain: false,
        interpreter: 'jenkins',
        source: SOURCE,
      }
    );
  },
};
