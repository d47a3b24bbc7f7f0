import { writtenFolder } from '../../syntax/paths.ts';
import { type CommandContext, type CommandEntry, type Effect, operandsOf, unknownArguments } from '../command.ts';

/** A program that prints what it finds in files. */
interface Printer {
  /** Flags that take the next word. */
  readonly values?: string;
  /** The first operand is none of the files, unless one of these flags brings it. */
  readonly program?: string;
  /** It looks into folders, the one it runs in where none is named. */
  readonly folders?: true;
  /** A flag, or an operand counted from 1, that names a file to write. */
  readonly output?: string | number;
}

// https://www.gnu.org/software/coreutils/manual/, https://www.gnu.org/software/grep/manual/, https://jqlang.org/manual/,
// https://pubs.opengroup.org/onlinepubs/9699919799/utilities/awk.html
const PRINTERS: readonly (readonly [names: string, printer: Printer])[] = [
  ['cat tac rev nl od xxd hexdump strings wc paste comm join fold fmt less more base64 base32 file stat diff cmp', {}],
  ['xmllint nm objdump readelf ldd column', {}],
  ['head tail', { values: '-n -c --lines --bytes' }],
  ['sort', { values: '-k -t -o -S -T', output: '-o' }],
  ['uniq', { values: '-f -s -w', output: 2 }],
  ['cut', { values: '-b -c -d -f' }],
  ['grep egrep fgrep', { values: '-e -f -m -A -B -C --regexp --file', program: '-e -f --regexp --file' }],
  ['awk gawk mawk', { values: '-F -v -f --file', program: '-f --file' }],
  ['jq yq', { values: '-f --from-file --indent -L', program: '-f --from-file' }],
  ['ls du', { folders: true }],
];

const listOf = (names = ''): readonly string[] => names.split(' ').filter((name) => name !== '');

/** What the words of a program name as its input. A word that is not known may be anything around it. */
export function readFiles(files: readonly (string | null)[], tree: boolean): Effect[] {
  return files
    .filter((file) => file !== '-' && !file?.startsWith('/dev/') && file !== '')
    .map((file): Effect => {
      if (file === null) return { kind: 'reads', path: '.', tree: true };
      return /[*?[{]/.test(file)
        ? { kind: 'reads', path: writtenFolder(file), tree: true }
        : { kind: 'reads', path: file, tree };
    });
}

function print({ argv }: CommandContext, { values, program, folders, output }: Printer): Effect[] {
  const { flags, operands } = operandsOf(argv, listOf(values));
  const brought = listOf(program).some((flag) => flags.has(flag));
  const named = program === undefined || brought ? operands : operands.slice(1);
  const searched = folders ?? ['-r', '-R', '--recursive'].some((flag) => flags.has(flag));
  // `awk '…' name=value file`
  const files = named.filter((word) => word === null || program === undefined || !/^\w+=/.test(word));
  const out = typeof output === 'number' ? files.splice(output - 1, 1)[0] : flags.get(output ?? '');
  const written: readonly Effect[] =
    out === undefined ? [] : out === null ? unknownArguments : [{ kind: 'writes', path: out, tree: false }];
  return [
    { kind: 'prints' },
    ...written,
    ...readFiles(files.length === 0 && folders === true ? ['.'] : files, searched),
  ];
}

/** `echo "SUM  FILE" | sha256sum -c` reads the file that the piped text names; where that is not known, any file around it. */
function checksum({ argv, stdin }: CommandContext): Effect[] {
  const { flags, operands } = operandsOf(argv, ['-a', '--algorithm']);
  if (!flags.has('-c') && !flags.has('--check')) return [{ kind: 'prints' }];
  const around: Effect = { kind: 'reads', path: '.', tree: true };
  if (operands.some((word) => word !== '-')) return [around];
  const named = (stdin ?? '').split(/\s+|\\n/).slice(1);
  const files = named.map((word) => word.replace(/^\*/, '')).filter((word) => word !== '' && !DIGEST.test(word));
  return files.length === 0 ? [around] : files.map((path) => ({ kind: 'reads', path, tree: false }));
}

/** A checksum, a flag, or the format of a printed line. */
const DIGEST = /^([0-9a-f]{32,}|-.*|%s.*)$/i;

const entry = (id: string, names: string, read: CommandEntry['read']): CommandEntry => ({
  entry: `commands/files#${id}`,
  names: names.split(' '),
  read,
});

const PYTHONS = Array.from({ length: 9 }, (_, minor) => `python3.${minor + 6}-config`);
const LLVMS = Array.from({ length: 12 }, (_, major) => `llvm-config-${major + 10}`);
/** They print the flags to compile against a library: https://www.gnu.org/software/automake/manual/html_node/Macro-search-path.html */
const CONFIG_PROGRAMS =
  [...PYTHONS, ...LLVMS].join(' ') +
  ' python-config python3-config llvm-config php-config pg_config mysql_config mariadb_config mariadb-config wx-config sdl-config sdl2-config xml2-config xslt-config curl-config krb5-config apr-1-config apu-1-config pcre-config pcre2-config freetype-config libpng-config libpng16-config gdal-config geos-config nc-config nf-config fltk-config icu-config gpg-error-config libgcrypt-config gpgme-config libassuan-config ksba-config npth-config ncurses6-config ncursesw6-config guile-config Magick++-config MagickCore-config MagickWand-config net-snmp-config cups-config neon-config';

/** Programs that write nothing but their output. */
export const printers: readonly CommandEntry[] = [
  ...PRINTERS.map(([names, printer]) => entry('prints', names, (call) => print(call, printer))),
  entry('checksum', 'sha1sum sha224sum sha256sum sha384sum sha512sum shasum md5sum b2sum cksum', checksum),
  entry('config', CONFIG_PROGRAMS, () => [{ kind: 'prints' }]),
  // https://httpd.apache.org/docs/2.4/programs/apxs.html
  entry('apxs', 'apxs apxs2', ({ argv }) =>
    argv.includes('-q') ? [{ kind: 'prints' }] : [{ kind: 'unknown', why: 'what it installs is not known' }],
  ),
  // https://gitlab.gnome.org/GNOME/libxslt/-/wikis/home
  entry('xsltproc', 'xsltproc', ({ argv }) => {
    const { flags, operands } = operandsOf(argv, ['-o', '--output', '--param', '--stringparam', '--path']);
    const out = flags.get('-o') ?? flags.get('--output');
    if (flags.has('--writesubtree') || out === null) return unknownArguments;
    return [
      ...(out === undefined
        ? [{ kind: 'prints' } as const]
        : [{ kind: 'writes', path: out, tree: out.endsWith('/') } as const]),
      ...readFiles(operands, false),
    ];
  }),
  entry('mktemp', 'mktemp', () => [{ kind: 'prints' }]),
  entry(
    'prints',
    'echo printf pwd tr df basename dirname readlink realpath uname hostname id whoami nproc getconf sync date sleep env printenv which yes seq expr ps free uptime groups arch dircolors tput clear lsb_release dpkg-query dpkg-architecture bc numfmt lsof true shuf sum uuidgen locale tty stty lsblk ss crc32 scanelf nvidia-smi docker-java-home xx-info',
    () => [{ kind: 'prints' }],
  ),
];
