import type { PackageTable } from './table.ts';

/** Red Hat Enterprise Linux and its kin: https://packages.fedoraproject.org/ */
export const redhatPackages: PackageTable = {
  docs: 'https://packages.fedoraproject.org/',
  build: /^(gcc|make)$/,
  compilers: /^gcc$/,
  headers: /-devel$/,
  purpose: () => null,
  libraries: {},
  kits: [],
  companions: [],
};
