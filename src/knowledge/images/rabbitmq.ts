import { baseOnly } from './base-only.ts';
import { systemPath } from './distributions.ts';
import { atLeast, type ReadTag } from './family.ts';
import type { Base } from './release.ts';

const HOME = '/var/lib/rabbitmq';

/** From 3.6.3 on the images of 3.6 have one form; those on Alpine kept it in 3.7, while the others changed. */
const FORMER = /^3\.(?:6(?:\.(?:[3-9]|1\d))?(?:-management)?(?:-alpine)?|7(?:\.\d+)?(?:-management)?-alpine)$/;

/** On Ubuntu since 3.8, on a Debian before. */
function below(tag: string, read: ReadTag): Base | null {
  const former = FORMER.test(tag);
  if (!former && !atLeast(read, 3, 8)) return null;
  return read.base ?? { distribution: former ? 'debian' : 'ubuntu', release: null };
}

function pathOf(tag: string): string {
  if (!FORMER.test(tag)) return `/opt/rabbitmq/sbin:/opt/erlang/bin:/opt/openssl/bin:${systemPath}`;
  return `${tag.endsWith('-alpine') ? '/opt/rabbitmq/sbin' : '/usr/lib/rabbitmq/bin'}:${systemPath}`;
}

/** https://hub.docker.com/_/rabbitmq */
export const rabbitmq = baseOnly(
  'rabbitmq',
  'https://github.com/docker-library/rabbitmq',
  below,
  ['rabbitmq-server', 'rabbitmqctl', 'rabbitmq-plugins', 'rabbitmq-diagnostics', 'erl', 'docker-entrypoint.sh'],
  (tag) => ({
    entrypoint: ['docker-entrypoint.sh'],
    env: {
      PATH: pathOf(tag),
      HOME,
      ...(FORMER.test(tag) ? {} : { RABBITMQ_DATA_DIR: HOME, LANG: 'C.UTF-8' }),
    },
    cmd: ['rabbitmq-server'],
    volumes: [HOME],
    exposes: ['4369', '5671', '5672', '25672'],
    accounts: ['rabbitmq'],
  }),
);
