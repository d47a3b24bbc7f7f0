import type { ImageFacts } from '../image.ts';
import { table } from '../table.ts';
import { baseOnly } from './base-only.ts';
import { systemPath } from './distributions.ts';
import { atLeast, type ImageFamily, type ReadTag } from './family.ts';
import { rabbitmq } from './rabbitmq.ts';
import { type Base, baseOf } from './release.ts';

type Distribution = Base['distribution'];
type Where = (tag: ReadTag) => Distribution | Base | null;

/** Of the tags that `where` knows: what they name, else what it says. */
const standsOn =
  (where: Where) =>
  (_: string, tag: ReadTag): Base | null => {
    const found = where(tag);
    if (found === null || tag.base !== null) return found && tag.base;
    return typeof found === 'string' ? { distribution: found, release: null } : found;
  };

/** By the numbers that a tag begins with: what the version stood on when it was last made. */
const byVersion =
  (releases: Readonly<Record<string, string>>): Where =>
  ({ version }) => {
    const found = version === null ? undefined : releases[version.join('.')];
    const base = found === undefined ? null : baseOf(found);
    return base === 'other' ? null : base;
  };

const debian: Where = () => 'debian';
const since =
  (major: number, minor: number, distribution: Distribution): Where =>
  (tag) =>
    atLeast(tag, major, minor) ? distribution : null;

function service(
  name: string,
  source: string,
  where: Where,
  programs: readonly string[],
  more: (tag: ReadTag) => Partial<ImageFacts>,
): ImageFamily {
  return baseOnly(name, source, standsOn(where), programs, (_, tag) => more(tag));
}

const SCRIPT = { entrypoint: ['docker-entrypoint.sh'] };

/** https://hub.docker.com/_/memcached */
const memcached = service(
  'memcached',
  'https://github.com/docker-library/memcached',
  debian,
  ['memcached', 'docker-entrypoint.sh'],
  () => ({ ...SCRIPT, cmd: ['memcached'], user: 'memcache', exposes: ['11211'], accounts: ['memcache'] }),
);

/** https://hub.docker.com/_/haproxy: since 2.4 it runs as an account of its own, since 2.7 in its folder. */
const haproxy = service(
  'haproxy',
  'https://github.com/docker-library/haproxy',
  debian,
  ['haproxy', 'docker-entrypoint.sh'],
  (tag) => ({
    ...SCRIPT,
    cmd: ['haproxy', '-f', '/usr/local/etc/haproxy/haproxy.cfg'],
    user: atLeast(tag, 2, 4) ? 'haproxy' : 'root',
    workdir: atLeast(tag, 2, 7) ? '/var/lib/haproxy' : '/',
    stopSignal: 'SIGUSR1',
    accounts: ['haproxy'],
  }),
);

const isStable = ({ tag }: ReadTag): boolean => /^(stable|6(\.0|-|$))/.test(tag);

/** https://hub.docker.com/_/varnish: the stable 6.0 runs as root, those from 7.1 on do not. */
const varnish = service(
  'varnish',
  'https://github.com/varnish/docker-varnish',
  (tag) => (isStable(tag) || atLeast(tag, 7, 1) ? 'debian' : null),
  ['varnishd', 'varnishadm', 'varnishlog'],
  (tag) => ({
    entrypoint: ['/usr/local/bin/docker-varnish-entrypoint'],
    cmd: [],
    workdir: '/etc/varnish',
    user: isStable(tag) ? 'root' : 'varnish',
    exposes: ['80', '8443'],
    accounts: ['varnish'],
  }),
);

/** https://hub.docker.com/_/cassandra */
const cassandra = service(
  'cassandra',
  'https://github.com/docker-library/cassandra',
  byVersion(
    table<string>({
      '2.1': 'focal',
      '2.2': 'focal',
      '3.0': 'jammy',
      '3.11': 'jammy',
      '4.0': 'bookworm',
      '4.1': 'bookworm',
      '5.0': 'bookworm',
    }),
  ),
  ['cassandra', 'cqlsh', 'nodetool', 'java', 'docker-entrypoint.sh'],
  () => ({
    ...SCRIPT,
    cmd: ['cassandra', '-f'],
    env: {
      PATH: `/opt/cassandra/bin:/opt/java/openjdk/bin:${systemPath}`,
      CASSANDRA_HOME: '/opt/cassandra',
      CASSANDRA_CONF: '/etc/cassandra',
      JAVA_HOME: '/opt/java/openjdk',
    },
    volumes: ['/var/lib/cassandra'],
    exposes: ['7000', '7001', '7199', '9042', '9160'],
    accounts: ['cassandra'],
  }),
);

/** https://hub.docker.com/_/couchdb: from 3 on in no folder of its own. */
const couchdb = service(
  'couchdb',
  'https://github.com/apache/couchdb-docker',
  ({ tag, version }) => (tag === 'latest' || (version !== null && version[0] >= 3) ? 'debian' : null),
  ['couchdb', 'tini'],
  () => ({
    entrypoint: ['tini', '--', '/docker-entrypoint.sh'],
    cmd: ['/opt/couchdb/bin/couchdb'],
    volumes: ['/opt/couchdb/data'],
    exposes: ['5984', '4369', '9100'],
    accounts: ['couchdb'],
  }),
);

/** https://hub.docker.com/_/odoo */
const odoo = service(
  'odoo',
  'https://github.com/odoo/docker',
  byVersion(
    table<string>({
      '8.0': 'jessie',
      '9.0': 'jessie',
      '10.0': 'jessie',
      '11.0': 'stretch',
      '12.0': 'stretch',
      '13.0': 'buster',
      '14.0': 'buster',
      '15.0': 'bullseye',
      '16.0': 'bullseye',
      '17.0': 'jammy',
      '18.0': 'noble',
      '19.0': 'noble',
    }),
  ),
  ['odoo', 'curl', 'wkhtmltopdf', 'node', 'npm', 'pip3', 'python3'],
  () => ({
    entrypoint: ['/entrypoint.sh'],
    cmd: ['odoo'],
    user: 'odoo',
    volumes: ['/var/lib/odoo', '/mnt/extra-addons'],
    exposes: ['8069', '8071', '8072'],
    accounts: ['odoo'],
  }),
);

/** https://hub.docker.com/_/neo4j: 4 and 5 stand on Debian unless the tag says otherwise. */
const neo4j = service(
  'neo4j',
  'https://github.com/neo4j/docker-neo4j',
  since(4, 0, 'debian'),
  ['neo4j', 'cypher-shell', 'neo4j-admin', 'java', 'tini'],
  () => ({
    entrypoint: ['tini', '-g', '--', '/startup/docker-entrypoint.sh'],
    cmd: ['neo4j'],
    workdir: '/var/lib/neo4j',
    volumes: ['/data', '/logs'],
    exposes: ['7474', '7473', '7687'],
    accounts: ['neo4j'],
  }),
);

/** https://hub.docker.com/_/telegraf */
const telegraf = service('telegraf', 'https://github.com/influxdata/influxdata-docker', debian, ['telegraf'], () => ({
  entrypoint: ['/entrypoint.sh'],
  cmd: ['telegraf'],
  exposes: ['8125/udp', '8092/udp', '8094'],
  hasCertificates: true,
}));

/** https://hub.docker.com/_/influxdb: the last versions of 1 and those of 3 run as an account of their own. */
const influxdb = service(
  'influxdb',
  'https://github.com/influxdata/influxdata-docker',
  ({ version, words }) => {
    const open = words.every((word) => !/^(data|meta)$/.test(word));
    if (version === null || version[1] === null || !open) return null;
    return version[0] === 2 || (version[0] === 1 && version[1] <= 8) ? 'debian' : null;
  },
  ['influxd', 'influx'],
  ({ version }) => ({
    entrypoint: ['/entrypoint.sh'],
    cmd: ['influxd'],
    volumes: version?.[0] === 1 ? ['/var/lib/influxdb'] : ['/var/lib/influxdb2', '/etc/influxdb2'],
    exposes: ['8086'],
    hasCertificates: true,
  }),
);

/** https://hub.docker.com/_/sonarqube: from 10 on. */
const sonarqube = service(
  'sonarqube',
  'https://github.com/SonarSource/docker-sonarqube',
  since(10, 0, 'ubuntu'),
  ['java'],
  () => ({
    entrypoint: ['/opt/sonarqube/docker/entrypoint.sh'],
    workdir: '/opt/sonarqube',
    user: 'sonarqube',
    exposes: ['9000'],
    stopSignal: 'SIGINT',
    accounts: ['sonarqube'],
  }),
);

/** https://hub.docker.com/_/solr: from 9 on. */
const solr = service(
  'solr',
  'https://github.com/apache/solr-docker',
  since(9, 0, 'ubuntu'),
  ['solr', 'java', 'docker-entrypoint.sh'],
  () => ({
    ...SCRIPT,
    cmd: ['solr-foreground'],
    workdir: '/opt/solr',
    user: '8983',
    volumes: ['/var/solr'],
    exposes: ['8983'],
    accounts: ['solr'],
  }),
);

/** https://hub.docker.com/_/flink: on Ubuntu from 1.16 on; since 2.2 it runs as an account of its own. */
const flink = service(
  'flink',
  'https://github.com/apache/flink-docker',
  since(1, 16, 'ubuntu'),
  ['flink', 'java'],
  (tag) => ({
    entrypoint: ['/docker-entrypoint.sh'],
    cmd: ['help'],
    env: { PATH: `/opt/flink/bin:/opt/java/openjdk/bin:${systemPath}`, FLINK_HOME: '/opt/flink' },
    workdir: '/opt/flink',
    user: atLeast(tag, 2, 2) ? 'flink' : 'root',
    exposes: ['6123', '8081'],
    accounts: ['flink'],
  }),
);

/** https://hub.docker.com/_/spark: since 3.5 it runs as an account of its own. */
const spark = service(
  'spark',
  'https://github.com/apache/spark-docker',
  since(3, 5, 'ubuntu'),
  ['java', 'tini', 'gosu'],
  () => ({
    entrypoint: ['/opt/entrypoint.sh'],
    cmd: null,
    env: { PATH: `/opt/java/openjdk/bin:${systemPath}`, SPARK_HOME: '/opt/spark', JAVA_HOME: '/opt/java/openjdk' },
    workdir: '/opt/spark/work-dir',
    user: 'spark',
    accounts: ['spark'],
  }),
);

/** https://hub.docker.com/_/caddy: the builder is an image of Go with a tool of its own, and is left alone. */
const caddy = service(
  'caddy',
  'https://github.com/caddyserver/caddy-docker',
  ({ words }) => (words.includes('builder') ? null : 'alpine'),
  ['caddy'],
  () => ({
    cmd: ['caddy', 'run', '--config', '/etc/caddy/Caddyfile', '--adapter', 'caddyfile'],
    env: { PATH: systemPath, XDG_CONFIG_HOME: '/config', XDG_DATA_HOME: '/data' },
    workdir: '/srv',
    exposes: ['80', '443', '443/udp', '2019'],
    hasCertificates: true,
  }),
);

/** https://hub.docker.com/_/traefik: on Alpine since 2; the images of 1 without it have nothing but the program. */
const traefik = service(
  'traefik',
  'https://github.com/traefik/traefik-library-image',
  ({ tag, version }) =>
    version === null && !/^(latest|v[23])/.test(tag) ? null : version === null || version[0] >= 2 ? 'alpine' : null,
  ['traefik'],
  () => ({
    entrypoint: ['/entrypoint.sh'],
    cmd: ['traefik'],
    exposes: ['80'],
    hasCertificates: true,
    hasTimeZones: true,
  }),
);

/** https://hub.docker.com/_/eclipse-mosquitto */
const mosquitto = service(
  'eclipse-mosquitto',
  'https://github.com/eclipse-mosquitto/mosquitto',
  () => 'alpine',
  ['mosquitto', 'mosquitto_passwd', 'mosquitto_pub', 'mosquitto_sub'],
  () => ({
    entrypoint: ['/docker-entrypoint.sh'],
    cmd: ['/usr/sbin/mosquitto', '-c', '/mosquitto/config/mosquitto.conf'],
    volumes: ['/mosquitto/data', '/mosquitto/log'],
    exposes: ['1883'],
    accounts: ['mosquitto'],
  }),
);

/** https://hub.docker.com/_/registry */
const registry = service(
  'registry',
  'https://github.com/distribution/distribution-library-image',
  ({ version }) => (version !== null && version[0] >= 2 ? 'alpine' : null),
  ['registry'],
  () => ({
    entrypoint: ['/entrypoint.sh'],
    cmd: null,
    volumes: ['/var/lib/registry'],
    exposes: ['5000'],
    hasCertificates: true,
  }),
);

/** https://hub.docker.com/_/nats: what names no Alpine has nothing but the program. */
const nats = service(
  'nats',
  'https://github.com/nats-io/nats-docker',
  ({ base }) => base,
  ['nats-server'],
  () => ({
    ...SCRIPT,
    cmd: ['nats-server', '--config', '/etc/nats/nats-server.conf'],
    exposes: ['4222', '8222', '6222'],
  }),
);

/** By the name of the official image. */
export const services: Readonly<Record<string, ImageFamily>> = {
  rabbitmq,
  memcached,
  haproxy,
  varnish,
  cassandra,
  couchdb,
  odoo,
  neo4j,
  telegraf,
  influxdb,
  sonarqube,
  solr,
  flink,
  spark,
  caddy,
  traefik,
  'eclipse-mosquitto': mosquitto,
  registry,
  nats,
};
