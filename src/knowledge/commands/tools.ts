import { writtenFolder } from '../../syntax/paths.ts';
import { type CommandEntry, type Effect, operandsOf, unknownArguments } from '../command.ts';

type Words = readonly (string | null)[];

const state = (name: string, what: string, reads?: readonly string[]): CommandEntry => ({
  entry: `commands/tools#${name.split(' ')[0]}`,
  names: name.split(' '),
  read: () => [{ kind: 'runtime-state', what, ...(reads === undefined ? {} : { reads }) }],
});
/** The word behind a flag; undefined where the flag is not there. */
const valueOf = (argv: Words, ...flags: string[]): string | null | undefined => {
  const at = argv.findIndex((word) => word !== null && flags.includes(word));
  return at < 0 ? undefined : (argv[at + 1] ?? null);
};
const writes = (paths: Words): readonly Effect[] =>
  paths.includes(null)
    ? unknownArguments
    : (paths as string[]).map(
        (path): Effect =>
          /[*?[]/.test(path)
            ? { kind: 'writes', path: writtenFolder(path), tree: true }
            : { kind: 'writes', path, tree: false },
      );

/** https://perldoc.perl.org/perlrun: with -i a one-liner rewrites its files, without it only prints. */
const perl: CommandEntry['read'] = ({ argv }) => {
  const words = argv.slice(1);
  const code = words.findIndex((word) => word !== null && /^-[a-zA-Z]*[eE]$/.test(word));
  if (words.some((word) => word === '-v' || word === '--version' || word === '-V' || word === '-c'))
    return [{ kind: 'prints' }];
  if (code < 0) return [{ kind: 'unknown', why: 'what the script does is not known' }];
  const text = words[code + 1];
  // Code that starts programs or opens files by itself does more than its switches tell.
  if (text == null || /\b(system|exec|open|unlink|rename|mkdir|require|use)\b|`|qx/.test(text))
    return [{ kind: 'unknown', why: 'what its code does is not known' }];
  const inPlace = words.slice(0, code + 1).some((word) => word !== null && /^-[pnlw0]*i/.test(word));
  const files = words.filter((word, at) => at > code + 1 && (word === null || !word.startsWith('-')));
  return inPlace ? writes(files) : [{ kind: 'prints' }];
};

/** https://man.openbsd.org/ssh-keygen */
const sshKeygen: CommandEntry['read'] = ({ argv, home }) => {
  if (argv.includes('-A')) return [{ kind: 'writes', path: '/etc/ssh', tree: true }];
  const file = valueOf(argv, '-f');
  if (file === null) return unknownArguments;
  if (['-l', '-y', '-F', '-B', '-e'].some((flag) => argv.includes(flag))) return [{ kind: 'prints' }];
  if (argv.includes('-R')) return writes([file ?? `${home ?? '/root'}/.ssh/known_hosts`]);
  return file === undefined
    ? [{ kind: 'writes', path: `${home ?? '/root'}/.ssh`, tree: true }]
    : writes([file, `${file}.pub`]);
};

/** https://www.gnu.org/software/diffutils/manual/html_node/Invoking-patch.html */
const patch: CommandEntry['read'] = ({ argv }) => {
  const { flags, operands, unknown } = operandsOf(argv, ['-p', '-d', '-i', '-o', '-F', '-V', '-D', '-B', '-z', '-r']);
  if (unknown) return unknownArguments;
  if (flags.has('--dry-run')) return [{ kind: 'prints' }];
  const folder = flags.get('-d') ?? flags.get('--directory') ?? '.';
  const out = flags.get('-o');
  if (out) return writes([out]);
  return operands.length > 0 ? writes([operands[0] as string]) : [{ kind: 'writes', path: folder, tree: true }];
};

/** https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html */
const keytool: CommandEntry['read'] = ({ argv }) => {
  const changes = /^-(import|importcert|genkey|genkeypair|importkeystore|delete|storepasswd|import\w+|gencert)$/;
  if (argv.includes('-list') || argv.includes('-printcert')) return [{ kind: 'prints' }];
  const out = valueOf(argv, '-file', '-rfc');
  if (argv.includes('-exportcert') || argv.includes('-export') || argv.includes('-certreq'))
    return out === undefined ? [{ kind: 'prints' }] : writes([out]);
  if (!argv.some((word) => word !== null && changes.test(word))) return unknownArguments;
  const store = valueOf(argv, '-keystore', '-destkeystore');
  const source = valueOf(argv, '-file', '-srckeystore');
  // The trust store is a part of the Java that lies where the container runs.
  if (store === undefined || argv.includes('-cacerts') || store?.endsWith('/cacerts'))
    return [{ kind: 'runtime-state', what: 'the trust store', ...(source == null ? {} : { reads: [source] }) }];
  return writes([store]);
};

/** https://download.samba.org/pub/rsync/rsync.1 */
const rsync: CommandEntry['read'] = ({ argv }) => {
  const { operands, unknown } = operandsOf(argv, ['-e', '--exclude', '--include', '--exclude-from', '-f', '--filter']);
  const to = operands.at(-1);
  if (unknown || to == null || operands.length < 2 || /^[^/]+:/.test(to)) return unknownArguments;
  const sources = operands.slice(0, -1) as string[];
  return [
    ...sources.map(
      (path): Effect => (/^[^/]+:/.test(path) ? { kind: 'network' } : { kind: 'reads', path, tree: true }),
    ),
    { kind: 'writes', path: to, tree: true },
  ];
};

/** Only what is started while the image is built; the data it writes belongs to the system where the container runs. */
const service: CommandEntry['read'] = ({ argv }) => {
  const verb = argv.at(-1);
  if (verb === 'status' || argv.includes('--status-all')) return [{ kind: 'prints' }];
  return [{ kind: 'runtime-state', what: 'what the service keeps' }];
};

export const toolCommands: readonly CommandEntry[] = [
  { entry: 'commands/tools#perl', names: ['perl'], read: perl },
  { entry: 'commands/tools#ssh-keygen', names: ['ssh-keygen'], read: sshKeygen },
  { entry: 'commands/tools#patch', names: ['patch'], read: patch },
  { entry: 'commands/tools#keytool', names: ['keytool'], read: keytool },
  { entry: 'commands/tools#rsync', names: ['rsync'], read: rsync },
  // https://manpages.debian.org/service
  { entry: 'commands/tools#service', names: ['service', 'invoke-rc.d'], read: service },
  // https://www.postgresql.org/docs/current/reference-client.html, https://dev.mysql.com/doc/refman/8.4/en/programs-client.html
  state('psql createdb createuser dropdb pg_createcluster pg_ctlcluster initdb pg_ctl', 'the database'),
  state('mysql mysqladmin mysql_install_db mysql_upgrade mysqld_safe mariadb mariadb-install-db', 'the database'),
  // https://docs.fedoraproject.org/en-US/quick-docs/using-shared-system-certificates/
  state('update-ca-trust trust', 'the certificate authorities', ['/etc/pki/ca-trust/source', '/usr/share/pki']),
  // https://man7.org/linux/man-pages/man8/alternatives.8.html, https://man7.org/linux/man-pages/man8/chkconfig.8.html
  state('alternatives chkconfig authconfig', 'the choices of the system'),
  // https://wiki.gentoo.org/wiki/Hardened/PaX_Quickstart#PaX_flags, https://manpages.debian.org/php-common
  state('php5enmod php5dismod a2disconf lighty-enable-mod lighttpd-enable-mod', 'the enabled modules', ['/etc']),
  // https://manpages.debian.org/newaliases, https://www.postfix.org/postconf.1.html
  state('newaliases postconf postmap', 'the settings of the mail server', ['/etc/postfix', '/etc/aliases']),
  // https://docs.gtk.org/gio/, https://manpages.debian.org/update-mime-database
  state(
    'glib-compile-schemas gtk-update-icon-cache update-mime-database gdk-pixbuf-query-loaders',
    'registries of data',
    ['/usr/share', '/usr/local/share'],
  ),
  state('setfacl', 'the permissions of files'),
  state('make-ssl-cert', 'the certificate of the machine'),
  {
    // https://manpages.debian.org/crontab
    entry: 'commands/tools#crontab',
    names: ['crontab'],
    read: ({ argv }) => {
      const file = argv.slice(argv[1] === '-u' ? 3 : 1).find((word) => word === null || !word.startsWith('-'));
      if (argv.includes('-l')) return [{ kind: 'prints' }];
      return file == null ? unknownArguments : [{ kind: 'runtime-state', what: 'the timetable', reads: [file] }];
    },
  },
  {
    // https://waterlan.home.xs4all.nl/dos2unix.html
    entry: 'commands/tools#dos2unix',
    names: ['dos2unix', 'unix2dos', 'fromdos', 'todos'],
    read: ({ argv }) => writes(operandsOf(argv).operands),
  },
  {
    // https://httpd.apache.org/docs/2.4/programs/htpasswd.html
    entry: 'commands/tools#htpasswd',
    names: ['htpasswd'],
    read: ({ argv }) => {
      const { flags, operands } = operandsOf(argv, ['-C', '-r']);
      if (flags.has('-n')) return [{ kind: 'prints' }];
      return operands[0] == null ? unknownArguments : writes([operands[0]]);
    },
  },
  {
    // https://sourceware.org/binutils/docs/binutils/objcopy.html
    entry: 'commands/tools#objcopy',
    names: ['objcopy'],
    read: ({ argv }) => {
      const { operands } = operandsOf(argv, ['-I', '-O', '-B', '-j', '-R', '-K', '-N', '-F']);
      return writes(operands.slice(-1));
    },
  },
  {
    // https://www.gnu.org/software/gettext/manual/html_node/msgfmt-Invocation.html
    entry: 'commands/tools#msgfmt',
    names: ['msgfmt'],
    read: ({ argv }) => {
      const out = valueOf(argv, '-o', '--output-file');
      return out === undefined ? [{ kind: 'writes', path: 'messages.mo', tree: false }] : writes([out]);
    },
  },
  {
    // https://babel.pocoo.org/en/latest/cmdline.html
    entry: 'commands/tools#pybabel',
    names: ['pybabel'],
    read: ({ argv }) => {
      const folder = valueOf(argv, '-d', '--directory', '--output-dir');
      const file = valueOf(argv, '-o', '--output-file', '--output');
      if (folder === null || file === null) return unknownArguments;
      if (file !== undefined) return writes([file]);
      return folder === undefined ? unknownArguments : [{ kind: 'writes', path: folder, tree: true }];
    },
  },
  {
    // https://github.com/sass/sassc
    entry: 'commands/tools#sassc',
    names: ['sassc'],
    read: ({ argv }) => {
      const values = ['-t', '--style', '-I', '--load-path', '-P', '--plugin-path', '-p', '--precision'];
      const { flags, operands, unknown } = operandsOf(argv, values);
      const to = operands[flags.has('-s') || flags.has('--stdin') ? 0 : 1];
      if (unknown || to === null) return unknownArguments;
      const hasMap = [...flags.keys()].some((flag) => /^(-m|--sourcemap)/.test(flag));
      return to === undefined ? [{ kind: 'prints' }] : writes(hasMap ? [to, `${to}.map`] : [to]);
    },
  },
  {
    // https://sqlite.org/cli.html
    entry: 'commands/tools#sqlite3',
    names: ['sqlite3'],
    read: ({ argv, stdin }) => {
      const { flags, operands, unknown } = operandsOf(argv, ['-init', '-cmd', '-separator', '-newline', '-nullvalue']);
      const [database, ...statements] = operands;
      const told = [...statements, flags.get('-cmd') ?? '', stdin ?? ''];
      // Commands of the shell and other databases lead to other files.
      const strays = told.some((text) =>
        /\battach\b|^[ \t]*\.(?!(read|schema|tables|import|mode|headers?)\b)/im.test(text ?? ''),
      );
      if (unknown || flags.has('-init') || strays) return unknownArguments;
      if (database === undefined || database === ':memory:' || flags.has('-readonly')) return [{ kind: 'prints' }];
      return writes([database]);
    },
  },
  {
    // https://pandoc.org/MANUAL.html
    entry: 'commands/tools#pandoc',
    names: ['pandoc'],
    read: ({ argv }) => {
      const joined = argv.find((word) => word !== null && /^--output=|^-o./.test(word));
      const out = joined?.replace(/^--output=|^-o/, '') ?? valueOf(argv, '-o', '--output');
      if (argv.some((word) => word === null || /^--(extract-media|log)\b/.test(word))) return unknownArguments;
      return out === undefined || out === '-' ? [{ kind: 'prints' }] : writes([out]);
    },
  },
  {
    // https://aria2.github.io/manual/en/html/aria2c.html
    entry: 'commands/tools#aria2c',
    names: ['aria2c'],
    read: ({ argv }) => {
      const folder = valueOf(argv, '-d', '--dir') ?? argv.find((word) => word?.startsWith('--dir='))?.slice(6);
      return [{ kind: 'network' }, { kind: 'writes', path: folder ?? '.', tree: true }];
    },
  },
  {
    // https://www.gnu.org/software/cpio/manual/cpio.html
    entry: 'commands/tools#cpio',
    names: ['cpio'],
    read: ({ argv }) =>
      argv.some((word) => word !== null && (/^-[a-z]*[ip]/.test(word) || /^--(extract|pass-through)$/.test(word)))
        ? [{ kind: 'writes', path: '.', tree: true }]
        : [{ kind: 'prints' }],
  },
  {
    // They act on the machine that builds, or print; nothing of it is left in the image.
    entry: 'commands/tools#passing',
    names:
      'pwgen mkpasswd iptables ip6tables ip ifconfig tcpdump pgrep pkill killall lscpu lsmod getcap gpgv rpm2cpio Xvfb xmlstarlet envdir cal nslookup dig host ping nc ncat telnet tree htop pstree visudo'.split(
        ' ',
      ),
    read: ({ argv }) =>
      argv[0] === 'xmlstarlet' && argv.some((word) => word === '-L' || word === '--inplace')
        ? writes(argv.slice(-1))
        : [{ kind: 'prints' }],
  },
];
