import { baseOnly } from './base-only.ts';
import type { Base } from './release.ts';

const SOURCE = 'https://github.com/docker-library/docker';

/** `latest`, `dind`, `20.10-dind`, `28.2.2-cli-alpine3.22`, `17.06.1-ce-git`; the form without root has another user. */
const TAG = /^(?:latest|(?:stable|edge|test|\d[\d.]*(?:-ce)?|cli|dind|git)(?:-(?:cli|dind|git))?)(?:-alpine(3\.\d+))?$/;

function baseOf(tag: string): Base | null {
  const match = TAG.exec(tag);
  return match && { distribution: 'alpine', release: match[1] ?? null };
}

/** https://hub.docker.com/_/docker: the client on Alpine, and with `dind` the daemon. */
export const docker = baseOnly('docker', SOURCE, baseOf, ['docker', 'ssh'], (tag) => {
  const words = tag.split('-');
  const number = /^\d+/.exec(tag)?.[0];
  const major = number === undefined ? null : Number(number);
  // Since 23.0 the plain tags are those of the daemon.
  const plain = tag === 'latest' || (major !== null && major >= 23 && !words.some((word) => /^(cli|git)$/.test(word)));
  const daemon = words.includes('dind') || plain;
  return daemon
    ? {
        entrypoint: ['dockerd-entrypoint.sh'],
        cmd: [],
        volumes: ['/var/lib/docker'],
        exposes: major === null || major >= 19 ? ['2375', '2376'] : ['2375'],
        hasCertificates: true,
      }
    : { entrypoint: ['docker-entrypoint.sh'], cmd: ['sh'], hasCertificates: true };
});
