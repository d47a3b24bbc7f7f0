/**
 * Packages with nothing but programs to start, which go when nothing that runs in the container starts any program:
 * fetching and unpacking tools that an install line brings in for the build.
 */
const PROGRAMS_ONLY = new Set([
  'git',
  'git-core',
  'curl',
  'wget',
  'mercurial',
  'hg',
  'subversion',
  'svn',
  'bzr',
  'unzip',
  'zip',
  'tar',
  'gzip',
  'xz',
  'xz-utils',
  'bzip2',
  'make',
  'openssh',
  'openssh-client',
  'bash',
  'upx',
  'rsync',
  'jq',
  'patch',
  'file',
  'vim',
  'nano',
  'less',
  'gnupg',
  'gnupg2',
  'apt-transport-https',
  'software-properties-common',
  'python3',
  'python',
  'perl',
  'tree',
  'htop',
]);

/** True for a package that serves only who starts its programs. */
export function isPackageUnused(name: string): boolean {
  return PROGRAMS_ONLY.has(name);
}
