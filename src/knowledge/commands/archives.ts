import { type CommandEntry, type Effect, operandsOf, unknownArguments } from '../command.ts';

// https://www.gnu.org/software/tar/manual/, https://infozip.sourceforge.net/UnZip.html
const stem = (path: string): string => path.replace(/\.(gz|xz|bz2|zst|lzma|Z)$/, '');

/** Options by which not all of an archive is unpacked, or not under its own names. */
const AS_TOLD = /^--?(strip|transform|xform|one-top-level|absolute-names|wildcards|exclude|files-from|P$|T$|j$|x$)/;

const unpacked = (folder: string, words: readonly (string | null)[]): Effect => ({
  kind: 'writes',
  path: folder,
  tree: true,
  ...(words.some((word) => AS_TOLD.test(word ?? '')) ? {} : { unpacks: true }),
});

const inPlace: CommandEntry['read'] = ({ argv }) => {
  const { flags, operands, unknown } = operandsOf(argv, ['-S']);
  if (flags.has('-c') || operands.length === 0) return [{ kind: 'prints' }];
  if (unknown) return unknownArguments;
  return (operands as string[]).flatMap((path): Effect[] => [
    { kind: 'deletes', path },
    { kind: 'writes', path: stem(path) === path ? `${path}.gz` : stem(path), tree: false },
  ]);
};

export const archiveCommands: readonly CommandEntry[] = [
  {
    entry: 'commands/archives#tar',
    names: ['tar', 'bsdtar'],
    read: ({ argv }) => {
      const words = argv.slice(1);
      const first = words[0] ?? '';
      const bundle = first !== null && /^-?[A-Za-z]+$/.test(first) ? first.replace(/^-/, '') : '';
      const has = (letter: string, long: string): boolean =>
        bundle.includes(letter) ||
        words.some(
          (word) => word === `--${long}` || (word !== null && /^-[A-Za-z]+$/.test(word) && word.includes(letter)),
        );
      const value = (flags: readonly string[]): string | null | undefined => {
        for (const [index, word] of words.entries()) {
          if (word === null) continue;
          const joined = flags.find((flag) => flag.startsWith('--') && word.startsWith(`${flag}=`));
          if (joined !== undefined) return word.slice(joined.length + 1);
          if (flags.includes(word)) return words[index + 1] ?? null;
          const short = flags.find(
            (flag) =>
              flag.length === 2 &&
              (index === 0 ? /^-?[A-Za-z]+$/ : /^-[A-Za-z]+$/).test(word) &&
              word.endsWith(flag[1] as string) &&
              word.length > 1,
          );
          if (short !== undefined) return words[index + 1] ?? null;
          const attached = flags.find(
            (flag) => flag.length === 2 && flag === '-C' && word.startsWith('-C') && word.length > 2,
          );
          if (attached !== undefined) return word.slice(2);
        }
        return undefined;
      };
      const folder = value(['-C', '--directory']);
      if (folder === null) return unknownArguments;
      if (has('c', 'create')) {
        const file = value(['-f', '--file']);
        if (file === null) return unknownArguments;
        const packed: Effect[] = folder === undefined ? [] : [{ kind: 'reads', path: folder, tree: true }];
        return file === undefined || file === '-'
          ? [{ kind: 'prints' }, ...packed]
          : [{ kind: 'writes', path: file, tree: false }, ...packed];
      }
      if (has('t', 'list')) return [{ kind: 'prints' }];
      const archive = value(['-f', '--file']);
      const read: Effect[] = archive == null || archive === '-' ? [] : [{ kind: 'reads', path: archive, tree: false }];
      return [unpacked(folder ?? '.', words), ...read];
    },
  },
  {
    entry: 'commands/archives#unzip',
    names: ['unzip', '7z', 'p7zip'],
    read: ({ argv }) => {
      const { flags, operands } = operandsOf(argv, ['-d', '-x', '-P']);
      const folder = flags.get('-d');
      if (folder === null || operands[0] === null) return unknownArguments;
      if (flags.has('-l') || flags.has('-p') || flags.has('-t')) return [{ kind: 'prints' }];
      return [unpacked(folder || '.', argv)];
    },
  },
  {
    entry: 'commands/archives#gunzip',
    names: ['gzip', 'gunzip', 'xz', 'unxz', 'bzip2', 'bunzip2', 'zstd', 'unzstd', 'zcat', 'xzcat', 'bzcat', 'pigz'],
    read: (call) => (/cat$/.test(call.argv[0] ?? '') ? [{ kind: 'prints' }] : inPlace(call)),
  },
  {
    entry: 'commands/archives#zip',
    names: ['zip'],
    read: ({ argv }) => {
      const { operands } = operandsOf(argv);
      return operands[0] == null ? unknownArguments : [{ kind: 'writes', path: operands[0], tree: false }];
    },
  },
];
