import { table } from '../table.ts';
import { baseOnly } from './base-only.ts';
import { systemPath } from './distributions.ts';
import type { ImageFamily, ReadTag } from './family.ts';
import { redHatFacts } from './red-hat.ts';
import type { Base } from './release.ts';

const onDebian = (_: string, { base }: ReadTag): Base => base ?? { distribution: 'debian', release: null };

/** https://hub.docker.com/r/bitnami/minideb: a Debian without what containers rarely need. */
const minideb = baseOnly('minideb', 'https://github.com/bitnami/minideb', onDebian, ['install_packages']);

/** https://cloud.google.com/sdk/docs/downloads-docker: `latest`, `430.0.0-slim`, `alpine`; `emulators` and `stable` are others. */
const cloudSdk = baseOnly(
  'cloud-sdk',
  'https://github.com/GoogleCloudPlatform/cloud-sdk-docker',
  (tag, read) => (/^(latest|slim|alpine|\d+\.0\.0(-slim|-alpine)?)$/.test(tag) ? onDebian(tag, read) : null),
  ['gcloud', 'gsutil', 'bq', 'curl', 'git', 'ssh', 'gpg', 'python3'],
  (_, { base }) => ({
    env: { PATH: base?.distribution === 'alpine' ? `/google-cloud-sdk/bin:${systemPath}` : systemPath },
    volumes: ['/root/.config'],
    accounts: ['cloudsdk'],
    hasCertificates: true,
  }),
);

/** https://hub.docker.com/r/anapsix/alpine-java: a Java of Oracle's on Alpine, with the glibc that it is linked with. */
const alpineJava = baseOnly(
  'alpine-java',
  'https://github.com/anapsix/docker-alpine-java',
  (tag) =>
    /^(latest|[78](u\d+(b\d+)?)?(_(jdk|server-jre)\w*)?)$/.test(tag) ? { distribution: 'alpine', release: null } : null,
  ['java', 'javac', 'jar', 'keytool', 'bash'],
  () => ({
    env: { PATH: `${systemPath}:/opt/jdk/bin`, JAVA_HOME: '/opt/jdk', LANG: 'C.UTF-8' },
    hasCertificates: true,
  }),
);

/** https://hub.docker.com/r/jenkins/agent and inbound-agent. */
const jenkinsAgent = (entrypoint: readonly string[] | null): ImageFamily =>
  baseOnly(
    'jenkins-agent',
    'https://github.com/jenkinsci/docker-agents',
    (tag, read) => (/rhel|ubi|archlinux/.test(tag) ? null : onDebian(tag, { ...read, base: alpineWord(read) })),
    ['java', 'git', 'ssh', 'curl', 'bash', 'less'],
    () => ({
      env: { PATH: `/opt/java/openjdk/bin:${systemPath}`, JAVA_HOME: '/opt/java/openjdk', LANG: 'C.UTF-8' },
      workdir: '/home/jenkins',
      user: 'jenkins',
      entrypoint,
      ...(entrypoint === null ? {} : { cmd: null }),
      volumes: ['/home/jenkins/.jenkins', '/home/jenkins/agent'],
      accounts: ['jenkins'],
      hasCertificates: true,
    }),
  );

const alpineWord = ({ base, words }: ReadTag): Base | null =>
  words.some((word) => word.startsWith('alpine')) ? { distribution: 'alpine', release: null } : base;

/** The days from which on the images stood on a release of Ubuntu; of what was made later the sources do not tell. */
const SELENIUM = ['20200716 ', '20210106 focal', '20231111 jammy', '20240623 noble'];

/** `4.15.0-20231129`: the day stands behind. Before the summer of 2020 the account was another one. */
function seleniumBase(tag: string): Base | null {
  const day = /-(20\d{6})$/.exec(tag)?.[1] ?? '';
  const since = SELENIUM.findLast((line) => line.slice(0, 8) <= day);
  return since === undefined || day > '20241024' ? null : { distribution: 'ubuntu', release: since.slice(9) || null };
}

/** https://github.com/SeleniumHQ/docker-selenium#readme: a server, or a browser beside it, as an account with the number 1200. */
const selenium = baseOnly(
  'selenium',
  'https://github.com/SeleniumHQ/docker-selenium',
  seleniumBase,
  ['java', 'curl', 'wget', 'sudo', 'unzip', 'jq', 'supervisord', 'gpg', 'bzip2'],
  () => ({
    env: { PATH: systemPath, HOME: '/home/seluser', SEL_USER: 'seluser', TZ: 'UTC' },
    user: '1200',
    cmd: ['/opt/bin/entry_point.sh'],
    exposes: ['4444'],
    accounts: ['seluser'],
    hasCertificates: true,
    hasTimeZones: true,
  }),
);

const JBOSS = table<string>({ 'jboss/base': '', 'jboss/base-jdk': 'java javac jar keytool' });

/** https://github.com/jboss-dockerfiles: an account of its own on CentOS 7, and on top of it an OpenJDK. */
const jboss = (name: string): ImageFamily => {
  const source = `https://github.com/jboss-dockerfiles/${name.slice('jboss/'.length)}`;
  const below = redHatFacts('jboss', 'el7', source, '');
  const programs = (JBOSS[name] as string).split(' ').filter((program) => program !== '');
  return {
    source,
    redHat: true,
    describe: ({ tag }) =>
      /^(latest|7|8|11)$/.test(tag)
        ? {
            ...below,
            env: { ...below.env, ...(programs.length > 0 ? { JAVA_HOME: '/usr/lib/jvm/java' } : {}) },
            workdir: '/opt/jboss',
            user: 'jboss',
            programs: [...below.programs, ...programs, 'unzip', 'bsdtar', 'xmlstarlet'],
            accounts: ['jboss'],
            interpreter: 'jboss',
          }
        : null,
  };
};

const SELENIUM_NAMES =
  'base hub node-base node-chrome node-chromium node-edge node-firefox standalone-chrome standalone-chromium standalone-edge standalone-firefox';

/** By the full name. */
export const otherServices: Readonly<Record<string, ImageFamily>> = {
  'bitnami/minideb': minideb,
  'google/cloud-sdk': cloudSdk,
  'gcr.io/google.com/cloudsdktool/cloud-sdk': cloudSdk,
  'gcr.io/google.com/cloudsdktool/google-cloud-cli': cloudSdk,
  'anapsix/alpine-java': alpineJava,
  'jenkins/agent': jenkinsAgent(null),
  'jenkins/inbound-agent': jenkinsAgent(['/usr/local/bin/jenkins-agent']),
  'jboss/base': jboss('jboss/base'),
  'jboss/base-jdk': jboss('jboss/base-jdk'),
  ...Object.fromEntries(SELENIUM_NAMES.split(' ').map((name) => [`selenium/${name}`, selenium])),
};
