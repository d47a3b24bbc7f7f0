import { baseName } from '../syntax/paths.ts';
import { table } from './table.ts';

/** A program of which the smallest images have a part only. */
interface FullerProgram {
  readonly docs: string;
  /** The package of the whole. */
  readonly package: string;
  /** What a call asks for is in the part. `read`: the text of a file that a word names. */
  readonly suffices: (argv: readonly (string | null)[], read: (path: string) => string | null) => boolean;
}

/** `dpkg -L perl-base` of bookworm and of trixie; versions are numbers. */
const PERL_BASE = new Set(
  (
    'AutoLoader Carp Config Cwd DynaLoader Errno Exporter Fcntl File::Basename File::Glob File::Path File::Spec File::Spec::Unix File::Temp ' +
    'FileHandle Getopt::Long Hash::Util IO IO::File IO::Handle IO::Pipe IO::Seekable IO::Select IO::Socket IO::Socket::INET ' +
    'IO::Socket::UNIX IPC::Open2 IPC::Open3 List::Util POSIX Scalar::Util SelectSaver Socket Symbol Text::ParseWords Text::Tabs ' +
    'Text::Wrap Tie::Hash XSLoader attributes base bytes constant feature fields integer lib locale overload parent re strict utf8 vars ' +
    'warnings'
  ).split(' '),
);

const isInPart = (text: string): boolean =>
  [...text.matchAll(/(?:^|[;{]|\s-[eE]\s)\s{0,20}(?:use|require|no)\s+([A-Z]\w*(?:::\w+)*|[a-z]+)/gm)].every(
    ([, name = '']) => PERL_BASE.has(name),
  );

const PROGRAMS = table<FullerProgram>({
  perl: {
    docs: 'https://packages.debian.org/bookworm/perl-base',
    package: 'perl',
    suffices(argv, read) {
      const words = argv.slice(1);
      if (words.includes(null)) return false;
      const modules = words.flatMap((word) => /^-[mM]-?([\w:]+)/.exec(word as string)?.[1] ?? []);
      const code = words.filter((_, at) => /^-\w*[eE]$/.test(words[at - 1] ?? '')) as string[];
      const file = words.find((word) => !word?.startsWith('-'));
      const text = code.length > 0 ? code.join('\n') : file == null ? null : read(file);
      return text !== null && modules.every((name) => PERL_BASE.has(name)) && isInPart(text);
    },
  },
});

/** Names of such programs. */
export const FULLER_PROGRAMS: readonly string[] = Object.keys(PROGRAMS);

/** The package of the whole program, where a call may ask for more than the part; null of any other. */
export function fullerPackage(argv: readonly (string | null)[], read: (path: string) => string | null): string | null {
  const program = baseName(argv[0] ?? '');
  const found = Object.hasOwn(PROGRAMS, program) ? PROGRAMS[program] : undefined;
  return found === undefined || found.suffices(argv, read) ? null : found.package;
}
