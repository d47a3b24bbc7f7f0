import type { ImageFacts } from '../image.ts';
import { table } from '../table.ts';
import { distributionFacts } from './distributions.ts';
import type { ImageFamily, ReadTag } from './family.ts';
import { redHatFacts } from './red-hat.ts';
import { type Base, baseOf } from './release.ts';

interface Database {
  readonly name: string;
  readonly docs: string;
  readonly programs: readonly string[];
  readonly more: Partial<ImageFacts>;
  /** What the tags with two numbers stood on when they were last made, by the files of the list of official images. */
  readonly releases: Readonly<Record<string, string>>;
}

/** `8.0`, `8.0-debian`, `10.11-jammy`: the tags of single versions stood on whatever was usual in their day. */
function baseOfTag(tag: ReadTag, releases: Readonly<Record<string, string>>): Base | null {
  const words = tag.words.slice(1);
  const named = words.map(baseOf).find((base) => base !== null && base !== 'other');
  if (named !== undefined) return named as Base;
  const release = releases[tag.tag];
  const base = release === undefined ? null : baseOf(release);
  return base === 'other' ? null : base;
}

function database({ name, docs, programs, more, releases }: Database): ImageFamily {
  return {
    source: docs,
    redHat: true,
    describe: (tag) => {
      const base = baseOfTag(tag, releases);
      if (base === null) return null;
      const redHat = base.distribution === 'redhat';
      const below = redHat ? redHatFacts(name, base.release, docs, 'minimal') : distributionFacts(base, true);
      return {
        ...below,
        family: name,
        entrypoint: ['docker-entrypoint.sh'],
        cmd: [name],
        interpreter: name,
        source: docs,
        ...more,
        programs: [...below.programs, ...programs, 'docker-entrypoint.sh', 'gosu'],
      };
    },
  };
}

/** https://hub.docker.com/_/mysql */
export const mysql = database({
  name: 'mysql',
  docs: 'https://github.com/docker-library/mysql',
  programs: ['mysql', 'mysqld', 'mysqladmin', 'mysqldump'],
  more: { cmd: ['mysqld'], volumes: ['/var/lib/mysql'], exposes: ['3306', '33060'], accounts: ['mysql'] },
  releases: table<string>({
    '5.5': 'stretch',
    '5.6': 'stretch',
    '5-debian': 'buster',
    '5.7-debian': 'buster',
    '8-debian': 'bullseye',
    '8.0-debian': 'bookworm',
    '5': 'oraclelinux7',
    '5.7': 'oraclelinux7',
    '8.1': 'oraclelinux8',
    '8.2': 'oraclelinux8',
    '8.3': 'oraclelinux8',
    '8': 'oraclelinux9',
    '8.0': 'oraclelinux9',
    '8.4': 'oraclelinux9',
    '9': 'oraclelinux9',
    '9.7': 'oraclelinux9',
  }),
});

/** https://hub.docker.com/_/mariadb */
export const mariadb = database({
  name: 'mariadb',
  docs: 'https://github.com/MariaDB/mariadb-docker',
  programs: ['mariadb', 'mariadbd', 'mysqld', 'mysql'],
  more: { cmd: ['mariadbd'], volumes: ['/var/lib/mysql'], exposes: ['3306'], accounts: ['mysql'] },
  releases: table<string>({
    '10.0': 'xenial',
    '10.1': 'bionic',
    '10.2': 'bionic',
    '10.3': 'focal',
    '10.4': 'focal',
    '10.5': 'focal',
    '10.7': 'focal',
    '10': 'jammy',
    '10.6': 'jammy',
    '10.8': 'jammy',
    '10.9': 'jammy',
    '10.10': 'jammy',
    '10.11': 'jammy',
    '11.1': 'jammy',
    '11.2': 'jammy',
    '11': 'noble',
    '11.4': 'noble',
    '11.8': 'noble',
    '12.2': 'noble',
    '12': 'noble',
    '12.3': 'noble',
    latest: 'noble',
    lts: 'noble',
  }),
});

/** https://hub.docker.com/_/mongo */
export const mongo = database({
  name: 'mongo',
  docs: 'https://github.com/docker-library/mongo',
  programs: ['mongod', 'mongos', 'mongosh', 'mongo', 'mongodump'],
  more: { cmd: ['mongod'], volumes: ['/data/db', '/data/configdb'], exposes: ['27017'], accounts: ['mongodb'] },
  releases: table<string>({
    '3.4': 'xenial',
    '3.6': 'xenial',
    '4.0': 'xenial',
    '4.2': 'bionic',
    '4.4': 'focal',
    '5.0': 'focal',
    '6.0': 'jammy',
    '7.0': 'jammy',
    '8.0': 'noble',
  }),
});
