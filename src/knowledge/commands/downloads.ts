import { type CommandContext, type CommandEntry, type Effect, operandsOf, unknownArguments } from '../command.ts';
import { OPEN } from '../ecosystem.ts';
import { isStandardFolder } from '../standard-folders.ts';

const nameOf = (url: string): string =>
  (url.split(/[?#]/, 1)[0] ?? '')
    .split('/')
    .filter((part) => part !== '')
    .at(-1) ?? '';
const network: Effect = { kind: 'network' };

/** The words of a call, with addresses that are known in part only: what they name lies in the folder of the project. */
const withAddresses = ({ argv, outlines, cwd }: CommandContext): readonly (string | null)[] =>
  cwd === null || isStandardFolder(cwd)
    ? argv
    : argv.map((word, at) => {
        const address = outlines?.[at] ?? '';
        return word ?? (/^(https?|ftp):\/\//.test(address) ? address : null);
      });

/** The file that an address is saved as; any file of the folder where its name is not known. */
function savedAs(url: string, folder: string | null | undefined): Effect {
  const name = nameOf(url);
  return name.includes(OPEN)
    ? { kind: 'writes', path: folder || '.', tree: true }
    : { kind: 'writes', path: folder ? `${folder}/${name}` : name, tree: false };
}

// https://curl.se/docs/manpage.html, https://www.gnu.org/software/wget/manual/, https://git-scm.com/docs
const CURL_VALUES = [
  '-o',
  '--output',
  '-H',
  '--header',
  '-d',
  '--data',
  '-u',
  '--user',
  '-A',
  '--user-agent',
  '-X',
  '--request',
  '--retry',
  '--retry-delay',
  '--connect-timeout',
  '-m',
  '--max-time',
  '-x',
  '--proxy',
  '-w',
  '--write-out',
  '--cacert',
  '-b',
  '-e',
  '--output-dir',
  '-T',
  '-F',
  '--data-raw',
  '--retry-max-time',
  '--proto',
  '--resolve',
];
const WGET_VALUES = [
  '-O',
  '--output-document',
  '-P',
  '--directory-prefix',
  '-t',
  '--tries',
  '-T',
  '--timeout',
  '--header',
  '-U',
  '--user-agent',
  '-o',
  '--user',
  '--password',
  '--waitretry',
  '-e',
  '--post-data',
  '-i',
  '-a',
];

export const downloadCommands: readonly CommandEntry[] = [
  {
    entry: 'commands/downloads#curl',
    names: ['curl'],
    read: (call) => {
      const { flags, operands } = operandsOf(withAddresses(call), CURL_VALUES);
      const out = flags.get('-o') ?? flags.get('--output');
      const folder = flags.get('--output-dir');
      if (flags.has('-o') || flags.has('--output'))
        return out == null
          ? unknownArguments
          : out === '-' || out === '/dev/null'
            ? [network]
            : [network, { kind: 'writes', path: folder ? `${folder}/${out}` : out, tree: false }];
      if (!flags.has('-O') && !flags.has('--remote-name') && !flags.has('--remote-name-all'))
        return [network, { kind: 'prints' }];
      const urls = operands.filter((word): word is string => word !== null && word !== '');
      if (urls.length !== operands.length || urls.length === 0) return unknownArguments;
      return [network, ...urls.map((url) => savedAs(url, folder))];
    },
  },
  {
    entry: 'commands/downloads#wget',
    names: ['wget'],
    read: (call) => {
      const { flags, operands } = operandsOf(withAddresses(call), WGET_VALUES);
      const attached = [...flags.keys()]
        .map((flag) => /^-[a-zA-Z]*O(.+)$/s.exec(flag)?.[1])
        .find((value) => value !== undefined);
      const out = flags.get('-O') || flags.get('--output-document') || attached;
      if (flags.has('-O') && flags.get('-O') === null) return unknownArguments;
      if (out)
        return out === '-' || out === '/dev/null'
          ? [network, { kind: 'prints' }]
          : [network, { kind: 'writes', path: out, tree: false }];
      const folder = flags.get('-P') ?? flags.get('--directory-prefix');
      if (flags.has('-r') || flags.has('--recursive') || flags.has('-i'))
        return [network, { kind: 'writes', path: folder || '.', tree: true }];
      if (operands.includes(null)) return unknownArguments;
      return [network, ...(operands as string[]).map((url) => savedAs(url, folder))];
    },
  },
  {
    entry: 'commands/downloads#git',
    names: ['git'],
    read: ({ argv, home }) => {
      const { operands } = operandsOf(argv, [
        '-b',
        '--branch',
        '--depth',
        '-C',
        '-c',
        '-j',
        '--jobs',
        '--origin',
        '-o',
        '--reference',
      ]);
      const [verb, first, second] = operands;
      if (verb === 'clone') {
        if (second === null || (second === undefined && first == null)) return unknownArguments;
        return [network, { kind: 'writes', path: second ?? nameOf(first as string).replace(/\.git$/, ''), tree: true }];
      }
      if (verb === 'config')
        return argv.includes('--system')
          ? [{ kind: 'writes', path: '/etc/gitconfig', tree: false, programs: ['git'] }]
          : argv.includes('--global')
            ? [{ kind: 'writes', path: `${home ?? '/root'}/.gitconfig`, tree: false, programs: ['git'] }]
            : [{ kind: 'writes', path: '.git', tree: true }];
      if (
        verb === 'rev-parse' ||
        verb === 'log' ||
        verb === 'describe' ||
        verb === 'status' ||
        verb === 'diff' ||
        verb === 'version' ||
        verb === 'ls-remote' ||
        verb === 'cat-file' ||
        verb === 'rev-list' ||
        verb === 'shortlog' ||
        verb === 'name-rev' ||
        verb === 'ls-files' ||
        verb === 'ls-tree' ||
        verb === 'for-each-ref' ||
        verb === 'show-ref' ||
        verb === 'merge-base' ||
        verb === 'grep' ||
        verb === 'show'
      )
        return [{ kind: 'prints' }];
      if (
        [
          'checkout',
          'reset',
          'pull',
          'fetch',
          'submodule',
          'init',
          'remote',
          'apply',
          'am',
          'add',
          'commit',
          'clean',
          'switch',
          'merge',
          'cherry-pick',
          'lfs',
          'tag',
          'branch',
          'stash',
        ].includes(verb ?? '')
      )
        return [{ kind: 'writes', path: '.', tree: true }];
      return unknownArguments;
    },
  },
  {
    entry: 'commands/downloads#svn',
    names: ['svn', 'hg'],
    read: ({ argv }) => {
      const { operands } = operandsOf(argv);
      // https://svnbook.red-bean.com/en/1.7/svn.ref.svn.html, https://www.mercurial-scm.org/help
      if (/^(info|log|list|ls|status|st|diff|cat|id|identify|tip|version|parents?|summary)$/.test(operands[0] ?? ''))
        return [network, { kind: 'prints' }];
      const to = operands[2] ?? (operands[1] == null ? null : nameOf(operands[1]));
      return to === null ? unknownArguments : [network, { kind: 'writes', path: to, tree: true }];
    },
  },
];
