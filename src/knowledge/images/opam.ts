import { table } from '../table.ts';
import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { languageImage } from './language-image.ts';
import { type Base, debianNumber, debianReleases } from './release.ts';

const SOURCE = 'https://github.com/ocurrent/docker-base-images';
const PROGRAMS = 'opam opam-dev gcc g++ cc make ld ar m4 git curl rsync sudo unzip nano patch bwrap bash'.split(' ');
const UBUNTU = table<string>({
  '12.04': 'precise',
  '14.04': 'trusty',
  '15.10': 'wily',
  '16.04': 'xenial',
  '16.10': 'yakkety',
  '17.04': 'zesty',
  '18.04': 'bionic',
  '20.04': 'focal',
  '22.04': 'jammy',
  '24.04': 'noble',
});

/** Of the images until 2017, `alpine-3.3_ocaml-4.02.3`: https://github.com/ocaml/opam-dockerfiles, a branch a tag. */
const isOld = (tag: string): boolean => tag.includes('_');

/** `debian-12-ocaml-5.1`; a tag without a release, `debian-ocaml-5.1`, stands on whichever was current when it was last made. */
function baseOf(tag: string): Base | null {
  const [distribution, number = ''] = tag.replace(/_.*/s, '').split('-');
  const numbered = /^\d/.test(number) ? number : null;
  if (distribution === 'alpine') return { distribution, release: numbered };
  if (distribution === 'ubuntu') return { distribution, release: UBUNTU[numbered ?? ''] ?? null };
  if (distribution !== 'debian') return null;
  return { distribution, release: debianReleases.find((name) => debianNumber(name) === Number(numbered)) ?? null };
}

/** https://hub.docker.com/r/ocaml/opam: opam's own account, and every command behind `opam exec --`. */
export const opam: ImageFamily = {
  source: SOURCE,
  describe: ({ tag }) => {
    const base = baseOf(tag);
    if (base === null) return null;
    const compiler = tag.includes('ocaml') ? ['ocaml', 'ocamlopt', 'ocamlc', 'ocamlfind'] : [];
    return languageImage('opam', SOURCE, base, [...PROGRAMS, ...compiler], {
      env: {
        PATH: systemPath,
        ...(base.distribution === 'alpine' ? {} : { HOME: '/home/opam' }),
        ...(isOld(tag) ? {} : { OPAMYES: '1' }),
      },
      user: 'opam',
      workdir: '/home/opam',
      entrypoint: isOld(tag) ? ['opam', 'config', 'exec', '--'] : ['opam', 'exec', '--'],
      cmd: isOld(tag) ? [base.distribution === 'alpine' ? 'sh' : 'bash'] : ['/bin/sh', '-c', 'bash'],
      accounts: ['opam'],
      hasCertificates: true,
      toolchainTrees: ['/home/opam/.opam', '/home/opam/opam-repository'],
    });
  },
};
