import { type CommandEntry, type Effect, operandsOf, type PackageManager, unknownArguments } from '../command.ts';

// https://manpages.debian.org/apt-get, https://man.archlinux.org/man/apk.8 (apk-tools)
const APT_VALUES = ['-t', '--target-release', '--default-release', '-o', '--option', '-c', '--config-file', '-a'];
const APK_VALUES = [
  '-t',
  '--virtual',
  '-X',
  '--repository',
  '-p',
  '--root',
  '--repositories-file',
  '--keys-dir',
  '--cache-dir',
  '--wait',
  '--arch',
];

/** The package words behind the verb, each with its index in argv. */
function install(
  argv: readonly (string | null)[],
  verb: string,
  manager: PackageManager,
  valueFlags: readonly string[],
): Effect[] {
  const packages: { name: string; word: number; version: string | null }[] = [];
  let seen = false;
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string | null;
    if (word === null) return [{ kind: 'unknown', why: 'a package name is not known' }];
    if (valueFlags.includes(word)) i++;
    else if (word.startsWith('-')) continue;
    else if (!seen && word === verb) seen = true;
    else if (seen) {
      // A variable may hold several.
      for (const part of word.split(/\s+/).filter((one) => one !== '')) {
        const parts = /^([^=<>~/@]+)([=<>~/@].*)?$/.exec(part);
        if (/^\.{0,2}\//.test(part) || parts === null)
          return [{ kind: 'unknown', why: `${part} is no package of the distribution` }];
        packages.push({
          name: (parts[1] as string).replace(/:(amd64|i386|arm64|armhf|any|native)$/, ''),
          word: i,
          version: parts[2] ?? null,
        });
      }
    }
  }
  return [{ kind: 'network' }, { kind: 'installs', manager, packages }];
}

const named = (words: readonly (string | null)[]): string[] =>
  words.flatMap((word) => (word ?? '').split(/\s+/)).filter((name) => name !== '');

const apt: CommandEntry['read'] = ({ argv }) => {
  const { operands } = operandsOf(argv, APT_VALUES);
  switch (operands[0]) {
    case 'update':
      return [{ kind: 'updates-index', manager: 'apt' }];
    case 'install':
      return install(argv, 'install', 'apt', APT_VALUES);
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
    case 'safe-upgrade':
      return [{ kind: 'runtime-state', what: 'the installed packages' }];
    case 'remove':
    case 'purge':
    case 'autoremove':
      return operands.includes(null)
        ? unknownArguments
        : [{ kind: 'removes-packages', manager: 'apt', packages: named(operands.slice(1)) }];
    case 'clean':
    case 'autoclean':
      return [{ kind: 'cleans-cache' }];
    case 'build-dep':
      return [{ kind: 'unknown', why: 'which packages it installs is not known' }];
    case 'download':
    case 'source':
      return [{ kind: 'writes', path: '.', tree: true }];
    default:
      return operands[0] === undefined || operands[0] === null ? unknownArguments : [{ kind: 'prints' }];
  }
};

const apk: CommandEntry['read'] = ({ argv }) => {
  const { operands } = operandsOf(argv, APK_VALUES);
  switch (operands[0]) {
    case 'add':
      return install(argv, 'add', 'apk', APK_VALUES);
    case 'del':
      return operands.includes(null)
        ? unknownArguments
        : [{ kind: 'removes-packages', manager: 'apk', packages: named(operands.slice(1)) }];
    case 'update':
      return [{ kind: 'updates-index', manager: 'apk' }];
    case 'upgrade':
      return [{ kind: 'runtime-state', what: 'the installed packages' }];
    case 'cache':
      return [{ kind: 'cleans-cache' }];
    default:
      return operands[0] == null ? unknownArguments : [{ kind: 'prints' }];
  }
};

export const packageCommands: readonly CommandEntry[] = [
  { entry: 'commands/packages#apt', names: ['apt-get', 'apt', 'aptitude'], read: apt },
  { entry: 'commands/packages#apk', names: ['apk'], read: apk },
  {
    entry: 'commands/packages#apt-cache',
    names: ['apt-cache', 'apt-config', 'apt-mark'],
    read: ({ argv }) =>
      argv[0] === 'apt-mark' ? [{ kind: 'runtime-state', what: 'the installed packages' }] : [{ kind: 'prints' }],
  },
  {
    entry: 'commands/packages#repository',
    names: ['apt-key', 'add-apt-repository', 'apt-add-repository'],
    read: () => [{ kind: 'runtime-state', what: 'the package sources' }],
  },
  {
    entry: 'commands/packages#dpkg',
    names: ['dpkg'],
    read: ({ argv }) =>
      argv.some(
        (word) => word === '-i' || word === '--install' || word === '--add-architecture' || word === '--configure',
      )
        ? [{ kind: 'unknown', why: 'what the package file installs is not known' }]
        : [{ kind: 'prints' }],
  },
];
