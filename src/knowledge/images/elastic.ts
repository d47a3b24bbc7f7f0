import type { ImageFacts } from '../image.ts';
import { table } from '../table.ts';
import { distributionFacts } from './distributions.ts';
import type { ImageFamily, ReadTag } from './family.ts';
import { redHatFacts } from './red-hat.ts';

const SOURCE = 'https://github.com/elastic/dockerfiles';

interface Product {
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[] | null;
  /** Of the images on CentOS 7. */
  readonly user: string;
  readonly exposes: readonly string[];
}

const PRODUCTS = table<Product>({
  elasticsearch: {
    entrypoint: ['/bin/tini', '--', '/usr/local/bin/docker-entrypoint.sh'],
    cmd: ['eswrapper'],
    user: 'root',
    exposes: ['9200', '9300'],
  },
  kibana: { entrypoint: ['/bin/tini', '--'], cmd: ['/usr/local/bin/kibana-docker'], user: 'kibana', exposes: ['5601'] },
  logstash: {
    entrypoint: ['/usr/local/bin/docker-entrypoint'],
    cmd: null,
    user: '1000',
    exposes: ['9600', '5044'],
  },
});

/** From 6.6 to 7.7 on CentOS 7, from 8.5 to 8.15 on Ubuntu 20.04; of those in between and behind the sources do not tell. */
function below({ version }: ReadTag): ImageFacts | null {
  if (version === null || version[1] === null) return null;
  const at = version[0] * 100 + version[1];
  if (at >= 606 && at <= 707) return redHatFacts('elastic', 'el7', SOURCE, '');
  return at >= 805 && at <= 815 ? distributionFacts({ distribution: 'ubuntu', release: 'focal' }, false) : null;
}

/** https://www.docker.elastic.co: a product in its folder, as the account 1000 since 8. */
function product(name: string): ImageFamily {
  const { user, ...more } = PRODUCTS[name] as Product;
  return {
    source: SOURCE,
    redHat: true,
    describe: (tag) => {
      const found = below(tag);
      if (found === null) return null;
      return {
        ...found,
        ...more,
        family: 'elastic',
        user: found.distribution === 'redhat' ? user : '1000',
        workdir: `/usr/share/${name}`,
        programs: [...found.programs, name, 'curl', 'java'],
        accounts: [name],
        interpreter: name,
        source: SOURCE,
      };
    },
  };
}

const FORMER = 'https://github.com/docker-library/elasticsearch';

/** Of the lines until 2.1, the first version that works in its folder when it was last made; all later ones do. */
const FOLDER_SINCE = table<number>({ '1.3': 9, '1.4': 5, '1.5': 2, '1.6': 2, '1.7': 5, '2.0': 2, '2.1': 2 });
const ENTRY_POINT_SINCE = table<number>({ '1.3': 9, '1.4': 4 });

/** Until 5 Docker's own: on Debian, or Alpine where the tag says so. */
function former({ tag, version, base }: ReadTag): ImageFacts | null {
  if (version === null || version[0] > 5) return null;
  const [, line, patch] = /^(\d+\.\d+)(?:\.(\d+))?(?:-alpine)?$/.exec(tag) ?? [];
  if (line === undefined && version[0] < 3) return null;
  const isSince = (lines: Readonly<Record<string, number>>) =>
    patch === undefined || Number(patch) >= (lines[line ?? ''] ?? 0);
  const home = '/usr/share/elasticsearch';
  const found = distributionFacts(base ?? { distribution: 'debian', release: null }, false);
  const hasEntryPoint = isSince(ENTRY_POINT_SINCE);
  return {
    ...found,
    family: 'elasticsearch',
    env: { PATH: `${home}/bin:${found.env.PATH}` },
    entrypoint: hasEntryPoint ? ['/docker-entrypoint.sh'] : null,
    cmd: ['elasticsearch'],
    workdir: isSince(FOLDER_SINCE) ? home : '/',
    volumes: [`${home}/data`],
    exposes: ['9200', '9300'],
    programs: [...found.programs, 'elasticsearch', 'java', ...(hasEntryPoint ? ['gosu'] : [])],
    accounts: ['elasticsearch'],
    interpreter: 'elasticsearch',
    source: FORMER,
  };
}

const elasticsearch = product('elasticsearch');

/** By the name of the official image. */
export const elasticFamilies: Readonly<Record<string, ImageFamily>> = {
  elasticsearch: { ...elasticsearch, describe: (tag) => former(tag) ?? elasticsearch.describe(tag) },
  kibana: product('kibana'),
  logstash: product('logstash'),
};

/** By the full name, and without the features that are not free. */
export const elasticRegistry: Readonly<Record<string, ImageFamily>> = Object.fromEntries(
  Object.keys(PRODUCTS).flatMap((name) =>
    ['', '-oss'].map((tail) => [`docker.elastic.co/${name}/${name}${tail}`, product(name)] as const),
  ),
);
