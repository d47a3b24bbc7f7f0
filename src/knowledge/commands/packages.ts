import { type CommandEntry, type Effect, operandsOf, unknownArguments } from '../command.ts';
import { type InstallForm, installEffects, packageFiles, removedNames } from './install-words.ts';

const upgrade: readonly Effect[] = [{ kind: 'runtime-state', what: 'the installed packages' }];

// https://manpages.debian.org/apt-get, https://manpages.debian.org/aptitude
const APT_VALUES = ['-t', '--target-release', '--default-release', '-o', '--option', '-c', '--config-file', '-a'];
const apt: InstallForm = {
  manager: 'apt',
  verbs: ['install', 'reinstall', 'satisfy'],
  valueFlags: APT_VALUES,
  roots: [],
  name: (word) => {
    const [, name, version = null] = /^([^=/@]+)([=/@].*)?$/.exec(word) ?? [];
    return name === undefined ? null : { name: name.replace(/:(amd64|i386|arm64|armhf|any|native)$/, ''), version };
  },
};

// https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper, https://man.archlinux.org/man/apk.8 (apk-tools)
const APK_VALUES = '-t --virtual -X --repository --repositories-file --keys-dir --cache-dir --wait --arch'.split(' ');
const apk: InstallForm = {
  manager: 'apk',
  verbs: ['add'],
  valueFlags: APK_VALUES,
  roots: ['-p', '--root'],
  name: (word) => {
    const [, name, version = null] = /^(!?[^=<>~/@]+)([=<>~@].*)?$/.exec(word) ?? [];
    return name === undefined ? null : { name, version };
  },
};

const readApt: CommandEntry['read'] = ({ argv }) => {
  const { operands } = operandsOf(argv, APT_VALUES);
  switch (operands[0]) {
    case 'update':
      return [{ kind: 'updates-index', manager: 'apt' }];
    case 'install':
    case 'reinstall':
      return installEffects(argv, apt);
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
    case 'safe-upgrade':
      return upgrade;
    case 'remove':
    case 'purge':
    case 'autoremove':
    case 'autopurge': {
      if (operands.includes(null)) return unknownArguments;
      const orphans = argv.some((word) => /^(auto(remove|purge)|--auto-?remove)$/.test(word ?? ''));
      return [{ kind: 'removes-packages', manager: 'apt', packages: removedNames(operands.slice(1)), orphans }];
    }
    case 'clean':
    case 'autoclean':
      return [{ kind: 'cleans-cache' }];
    case 'build-dep':
      // The sources of the package alone name what it installs, libraries among it.
      return [{ kind: 'runtime-state', what: 'the packages that a build depends on' }];
    case 'download':
    case 'source':
      return [{ kind: 'writes', path: '.', tree: true }];
    default:
      return operands[0] === undefined || operands[0] === null ? unknownArguments : [{ kind: 'prints' }];
  }
};

const readApk: CommandEntry['read'] = ({ argv }) => {
  const { operands } = operandsOf(argv, [...APK_VALUES, ...apk.roots]);
  if (argv[1] === '--print-arch' || argv[1] === '--version') return [{ kind: 'prints' }];
  switch (operands[0]) {
    case 'add':
      return installEffects(argv, apk);
    case 'del':
      return operands.includes(null)
        ? unknownArguments
        : [{ kind: 'removes-packages', manager: 'apk', packages: removedNames(operands.slice(1)), orphans: true }];
    case 'update':
      return [{ kind: 'updates-index', manager: 'apk' }];
    case 'upgrade':
    case 'fix':
      return upgrade;
    case 'cache':
      return [{ kind: 'cleans-cache' }];
    case 'fetch':
      return [{ kind: 'network' }, { kind: 'writes', path: '.', tree: true }];
    default:
      return operands[0] == null ? unknownArguments : [{ kind: 'prints' }];
  }
};

// https://manpages.debian.org/dpkg
const dpkg: CommandEntry['read'] = ({ argv }) => {
  const { flags, operands, unknown } = operandsOf(argv, ['--root', '--instdir', '--admindir']);
  const has = (...names: string[]): boolean => names.some((name) => flags.has(name));
  if (has('-i', '--install', '--unpack'))
    return unknown || operands.length === 0 || has('--root', '--instdir', '--admindir')
      ? [{ kind: 'unknown', why: 'what the package file installs is not known' }]
      : packageFiles(operands as string[]);
  if (has('--add-architecture', '--remove-architecture')) return [{ kind: 'runtime-state', what: 'the architectures' }];
  if (has('--configure', '--set-selections')) return upgrade;
  if (has('-r', '--remove', '-P', '--purge'))
    return unknown
      ? unknownArguments
      : [{ kind: 'removes-packages', manager: 'apt', packages: removedNames(operands), orphans: false }];
  return has('-x', '--extract', '-X', '-R', '-e') ? unpack(operands) : [{ kind: 'prints' }];
};

/** `dpkg -x FILE FOLDER`, `dpkg-deb -R FILE FOLDER`. */
function unpack(operands: readonly (string | null)[]): Effect[] {
  const folder = operands[1] ?? (operands.length === 1 ? 'DEBIAN' : null);
  return folder === null ? [...unknownArguments] : [{ kind: 'writes', path: folder, tree: true }];
}

/** Programs of some images that install what they are given and tidy up behind themselves. */
const helper = (name: string, form: InstallForm): CommandEntry => ({
  entry: `commands/packages#${name}`,
  names: [name],
  read: ({ argv }) => installEffects(argv, { ...form, verbs: null }),
});

export const packageCommands: readonly CommandEntry[] = [
  { entry: 'commands/packages#apt', names: ['apt-get', 'apt', 'aptitude'], read: readApt },
  { entry: 'commands/packages#apk', names: ['apk'], read: readApk },
  // https://github.com/gliderlabs/docker-alpine/blob/master/builder/scripts/apk-install
  helper('apk-install', apk),
  // https://github.com/bitnami/minideb#adding-packages, https://github.com/kubernetes/release/tree/master/images/build/debian-base
  helper('install_packages', apt),
  helper('clean-install', apt),
  {
    entry: 'commands/packages#apt-cache',
    names: ['apt-cache', 'apt-config', 'apt-file', 'dpkg-scanpackages', 'debsums'],
    read: () => [{ kind: 'prints' }],
  },
  {
    entry: 'commands/packages#apt-mark',
    names: ['apt-mark', 'dpkg-divert', 'dpkg-statoverride', 'dpkg-preconfigure'],
    read: () => upgrade,
  },
  {
    entry: 'commands/packages#repository',
    names: ['apt-key', 'add-apt-repository', 'apt-add-repository', 'extrepo'],
    read: () => [{ kind: 'runtime-state', what: 'the package sources' }],
  },
  { entry: 'commands/packages#dpkg', names: ['dpkg'], read: dpkg },
  {
    entry: 'commands/packages#dpkg-deb',
    names: ['dpkg-deb'],
    read: ({ argv }) => {
      const { flags, operands } = operandsOf(argv);
      const build = flags.has('-b') || flags.has('--build');
      const [from, to] = operands;
      if (from === null || to === null) return unknownArguments;
      if (build) return [{ kind: 'writes', path: to ?? `${from}.deb`, tree: false }];
      const reads = ['-I', '-c', '-f', '-l', '-s', '--info', '--contents', '--field'].some((flag) => flags.has(flag));
      return reads ? [{ kind: 'prints' }] : unpack(operands);
    },
  },
];
