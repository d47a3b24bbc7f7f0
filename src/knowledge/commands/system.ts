import { writtenFolder } from '../../syntax/paths.ts';
import { type CommandEntry, type Effect, operandsOf, unknownArguments } from '../command.ts';
import { OWN_AUTHORITIES } from '../packages/data-packages.ts';

const state = (names: string, what: string, reads: readonly string[] = []): CommandEntry => ({
  entry: `commands/system#${names.split(' ')[0]}`,
  names: names.split(' '),
  read: () => [{ kind: 'runtime-state', what, reads }],
});
const rewrites: CommandEntry['read'] = ({ argv }) => {
  const { operands, unknown } = operandsOf(argv, ['-o', '-R', '--remove-section', '-K', '-N']);
  return unknown
    ? unknownArguments
    : (operands as string[]).map(
        (path): Effect =>
          /[*?[]/.test(path)
            ? { kind: 'writes', path: writtenFolder(path), tree: true }
            : { kind: 'reads', path, tree: false },
      );
};

/** `--install LINK NAME PATH PRIORITY`, `--set NAME PATH`: https://manpages.debian.org/update-alternatives.1 */
function alternative(argv: readonly (string | null)[]): Effect[] {
  const behind = (flag: string, at: number): string | null | undefined =>
    argv.includes(flag) ? argv[argv.indexOf(flag) + at] : undefined;
  const path = behind('--install', 3) ?? behind('--set', 2);
  return [{ kind: 'runtime-state', what: 'the alternatives', ...(path == null ? {} : { of: path }) }];
}

/**
 * True for a group of the system without a number: `adduser --system --group app`. Debian's tools count upwards, those of
 * shadow (`groupadd -r`) downwards from 999: https://manpages.debian.org/adduser.conf, https://manpages.debian.org/login.defs
 */
function drawsGroup(argv: readonly (string | null)[]): boolean {
  const isSystem = argv.includes('--system') && !argv.some((word) => /^--?(u|g|[ug]id)(=|$)/.test(word ?? ''));
  return isSystem && (/(^|\/)addgroup$/.test(argv[0] ?? '') || argv.includes('--group'));
}

/** Accounts: https://manpages.debian.org/adduser, https://manpages.debian.org/useradd. The rest by their manual pages. */
export const systemCommands: readonly CommandEntry[] = [
  {
    entry: 'commands/accounts#adduser',
    names: [
      'useradd',
      'adduser',
      'groupadd',
      'addgroup',
      'usermod',
      'groupmod',
      'userdel',
      'groupdel',
      'deluser',
      'delgroup',
      'passwd',
      'chpasswd',
      'chsh',
      'gpasswd',
    ],
    read: ({ argv }) => [{ kind: 'accounts', draws: drawsGroup(argv) }],
  },
  state('ldconfig', 'the registry of shared libraries', ['/usr/local/lib', '/usr/lib', '/etc/ld.so.conf.d', '/opt']),
  {
    entry: 'commands/system#update-ca-certificates',
    names: ['update-ca-certificates'],
    read: () => [
      {
        kind: 'runtime-state',
        what: 'the certificate authorities',
        reads: [OWN_AUTHORITIES],
        of: 'update-ca-certificates',
      },
    ],
  },
  state('locale-gen localedef update-locale', 'the locales', ['/etc/locale.gen', '/etc/default/locale']),
  state('dpkg-reconfigure debconf-set-selections', 'the configuration of packages'),
  {
    entry: 'commands/system#update-alternatives',
    names: ['update-alternatives'],
    read: ({ argv }) => alternative(argv),
  },
  state('setcap', 'the capabilities of a program'),
  state('a2enmod a2dismod a2ensite a2dissite a2enconf', 'the enabled modules', ['/etc/apache2']),
  state('phpenmod phpdismod', 'the enabled modules', ['/etc/php']),
  state('rc-update update-rc.d systemctl', 'the enabled services'),
  state('setup-timezone', 'the time zone'),
  state('fc-cache', 'the registry of fonts', ['/usr/share/fonts', '/usr/local/share/fonts', '/root/.fonts']),
  { entry: 'commands/system#strip', names: ['strip', 'upx', 'patchelf', 'chrpath'], read: rewrites },
  {
    entry: 'commands/system#openssl',
    names: ['openssl'],
    read: ({ argv }) => {
      const files = ['-out', '-keyout'].flatMap((flag) => {
        const at = argv.indexOf(flag);
        return at < 0 ? [] : [argv[at + 1] ?? null];
      });
      return files.includes(null)
        ? unknownArguments
        : files.length === 0
          ? [{ kind: 'prints' }]
          : (files as string[]).map((path) => ({ kind: 'writes', path, tree: false }));
    },
  },
  {
    // https://www.gnupg.org/documentation/manuals/gnupg/Operational-GPG-Commands.html: the key ring serves gpg alone.
    entry: 'commands/system#gpg',
    names: ['gpg', 'gpg1', 'gpg2', 'gpgconf'],
    read: ({ argv }) => {
      const at = argv.findIndex((word) => word === '-o' || word === '--output');
      const file = argv.find((word) => word?.startsWith('--output='))?.slice('--output='.length) ?? argv[at + 1];
      if (at < 0 && !argv.some((word) => word?.startsWith('--output=')))
        return [{ kind: 'network' }, { kind: 'prints' }];
      return file == null ? unknownArguments : [{ kind: 'writes', path: file, tree: false }];
    },
  },
  {
    entry: 'commands/system#envsubst',
    names: ['envsubst', 'ssh-keyscan', 'getent', 'mount', 'sysctl', 'rustc-version', 'kill', 'nginx', 'java'],
    read: ({ argv }) =>
      /^(java|nginx|mount|sysctl)$/.test(argv[0] ?? '') &&
      !argv.some(
        (word) => word === '-v' || word === '--version' || word === '-version' || word === '-t' || word === '-V',
      )
        ? [{ kind: 'unknown', why: `what ${argv[0]} does here is not known` }]
        : [{ kind: 'prints' }],
  },
];
