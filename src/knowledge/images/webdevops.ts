import type { ImageFacts } from '../image.ts';
import { table } from '../table.ts';
import { baseOnly } from './base-only.ts';
import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import type { Base } from './release.ts';

const SOURCE = 'https://github.com/webdevops/Dockerfile';
const SCRIPTS = ['docker-run-bootstrap', 'docker-image-cleanup', 'docker-image-info', 'go-replace', 'gosu'];
const SERVICES = [...SCRIPTS, 'docker-service', 'supervisord', 'wget', 'curl', 'vim'];
const TOOLS = [...SERVICES, 'zip', 'unzip', 'bzip2', 'ssh', 'rsync', 'git', 'patch'];
const PHP = [
  ...TOOLS,
  'php',
  'composer',
  'pecl',
  'docker-php-ext-install',
  'docker-php-ext-configure',
  'convert',
  'gs',
];

const UBUNTU = table<string>({ latest: 'jammy', 'ubuntu-22.04': 'jammy' });

/** `latest`, `ubuntu-22.04`, `alpine`; other releases were built in their day, and their sources are gone. */
function base(tag: string): Base | null {
  if (tag === 'alpine') return { distribution: 'alpine', release: null };
  const release = UBUNTU[tag];
  return release === undefined ? null : { distribution: 'ubuntu', release };
}

/** On the official image of PHP: Debian of the day where the tag names no Alpine. */
function phpBase(tag: string): Base | null {
  const [, version, alpine] = /^(5\.6|7\.[0-4]|8\.[0-5])(-alpine)?$/.exec(tag) ?? [];
  if (version === undefined) return null;
  if (alpine !== undefined) return { distribution: 'alpine', release: null };
  const release = version >= '8.0' ? 'bookworm' : version >= '7.1' ? 'buster' : 'stretch';
  return { distribution: 'debian', release };
}

const env = { PATH: systemPath, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
const service: Partial<ImageFacts> = {
  env,
  entrypoint: ['/entrypoint'],
  cmd: ['supervisord'],
  hasCertificates: true,
  hasTimeZones: true,
};
const php = (exposes: readonly string[]): ImageFamily =>
  baseOnly('webdevops', SOURCE, phpBase, PHP, () => ({ ...service, exposes, accounts: ['application'] }));

/** https://dockerfile.readthedocs.io: images with supervisord and scripts that set up what is installed, by full name. */
export const webdevopsFamilies: Readonly<Record<string, ImageFamily>> = {
  'webdevops/bootstrap': baseOnly('webdevops', SOURCE, base, SCRIPTS, () => ({ env, hasCertificates: true })),
  'webdevops/base': baseOnly('webdevops', SOURCE, base, SERVICES, () => service),
  'webdevops/base-app': baseOnly('webdevops', SOURCE, base, TOOLS, () => ({ ...service, accounts: ['application'] })),
  'webdevops/php': php(['9000']),
  'webdevops/php-nginx': php(['9000', '80', '443']),
  'webdevops/php-apache': php(['9000', '80', '443']),
};
