import { type CommandEntry, type Effect, operandsOf, unknownArguments } from '../command.ts';

// https://www.gnu.org/software/coreutils/manual/, https://www.busybox.net/downloads/BusyBox.html
const entry = (id: string, names: string, read: CommandEntry['read']): CommandEntry => ({
  entry: `commands/files#${id}`,
  names: names.split(' '),
  read,
});

const baseName = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//, '');

function transfer(
  kind: 'copies' | 'moves',
  valueFlags: readonly string[] = ['-t', '--target-directory', '-S', '--suffix'],
): CommandEntry['read'] {
  return ({ argv }) => {
    const { flags, operands, unknown } = operandsOf(argv, valueFlags);
    if (unknown) return unknownArguments;
    const into = flags.get('-t') ?? flags.get('--target-directory');
    const list = operands as string[];
    const sources = into ? list : list.slice(0, -1);
    const to = into ?? list.at(-1);
    if (to === undefined || sources.length === 0) return unknownArguments;
    return sources.flatMap((from): Effect[] => {
      if (/[*?[]/.test(from)) {
        const folder = from.replace(/\/?[^/]*$/, '') || '.';
        return /[*?[]/.test(folder)
          ? [...unknownArguments]
          : [
              { kind: 'reads', path: folder, tree: true },
              { kind: 'writes', path: to, tree: true },
            ];
      }
      const many = sources.length > 1 || into !== undefined;
      // `cp dir/. to` copies what is in the folder.
      if (/(^|\/)\.$/.test(from))
        return [
          { kind: 'reads', path: from, tree: true },
          { kind: 'writes', path: to, tree: true },
        ];
      return [{ kind, from, to: many ? `${to.replace(/\/$/, '')}/${baseName(from)}` : to }];
    });
  };
}

const owns =
  (mode: boolean): CommandEntry['read'] =>
  ({ argv }) => {
    const { flags, operands } = operandsOf(argv, ['--reference', '--from']);
    const relative = mode && argv.slice(1).find((word) => word !== null && /^[-+=][rwxXst]+$/.test(word));
    const given = relative || operands[0];
    const paths = relative && !operands.includes(relative) ? operands : operands.slice(1);
    if (given == null || paths.length === 0 || paths.includes(null)) return unknownArguments;
    const recursive = flags.has('-R') || flags.has('--recursive');
    return (paths as string[]).flatMap((path): Effect[] => {
      const whole = path.replace(/\/\*$/, '');
      if (/[*?[]/.test(whole))
        return [
          { kind: 'owns', path: whole.replace(/\/?[^/]*$/, '') || '.', owner: null, mode: null, recursive: true },
        ];
      return [
        {
          kind: 'owns',
          path: whole,
          owner: mode ? null : given,
          mode: mode ? given : null,
          recursive: recursive || whole !== path,
        },
      ];
    });
  };

const prints: CommandEntry['read'] = () => [{ kind: 'prints' }];
const touches: CommandEntry['read'] = ({ argv }) => {
  const { operands, unknown } = operandsOf(argv, ['-r', '-d', '-t', '-s', '--size', '-m']);
  return unknown ? unknownArguments : (operands as string[]).map((path) => ({ kind: 'writes', path, tree: false }));
};

export const fileCommands: readonly CommandEntry[] = [
  entry('cp', 'cp', transfer('copies')),
  entry('mv', 'mv', transfer('moves')),
  entry('rm', 'rm rmdir unlink shred', ({ argv }) => {
    const { operands, unknown } = operandsOf(argv);
    return unknown
      ? [{ kind: 'unknown', why: 'what it deletes is not known' }]
      : (operands as string[]).map((path) => ({ kind: 'deletes', path }));
  }),
  entry('mkdir', 'mkdir', ({ argv }) => {
    const { flags, operands, unknown } = operandsOf(argv, ['-m', '--mode']);
    if (unknown) return unknownArguments;
    const mode = flags.get('-m') || flags.get('--mode');
    const folders = (operands as string[]).flatMap(braces);
    return folders.flatMap((path): Effect[] => [
      { kind: 'makes-folder', path },
      ...(mode ? [{ kind: 'owns', path, owner: null, mode, recursive: false } as const] : []),
    ]);
  }),
  entry('touch', 'touch truncate mkfifo mknod', touches),
  entry('ln', 'ln', ({ argv }) => {
    const { operands, unknown } = operandsOf(argv, ['-t']);
    const [target, path] = operands;
    if (unknown || target == null || operands.length > 2) return unknownArguments;
    return [{ kind: 'links', target, path: path ?? `./${baseName(target)}` }];
  }),
  entry('install', 'install', ({ argv }) => {
    const { flags, operands, unknown } = operandsOf(argv, [
      '-m',
      '--mode',
      '-o',
      '--owner',
      '-g',
      '--group',
      '-t',
      '--target-directory',
    ]);
    if (unknown) return unknownArguments;
    if (flags.has('-d') || flags.has('--directory'))
      return (operands as string[]).map((path) => ({ kind: 'makes-folder', path }));
    return transfer('copies', ['-m', '--mode', '-o', '--owner', '-g', '--group', '-t', '--target-directory'])({
      argv,
      cwd: null,
      home: null,
      user: null,
      distribution: null,
      redirectTo: null,
    });
  }),
  entry('chmod', 'chmod', owns(true)),
  entry('chown', 'chown chgrp', owns(false)),
  entry('tee', 'tee', touches),
  entry('sed', 'sed', ({ argv }) => {
    const { flags, operands } = operandsOf(argv, ['-e', '--expression', '-f', '--file']);
    const inPlace = [...flags.keys()].some((flag) => /^-(i|[nrEsz]*i)/.test(flag) || flag.startsWith('--in-place'));
    if (!inPlace) return [{ kind: 'prints' }];
    const files = flags.has('-e') || flags.has('--expression') || flags.has('-f') ? operands : operands.slice(1);
    if (files.includes(null)) return unknownArguments;
    return (files as string[]).map((path) =>
      /[*?[]/.test(path)
        ? { kind: 'writes', path: path.replace(/\/?[^/]*$/, '') || '.', tree: true }
        : { kind: 'writes', path, tree: false },
    );
  }),
  entry('find', 'find', ({ argv }) => {
    const actions = argv.slice(1);
    const changes = actions.some(
      (word) => word === '-delete' || word === '-exec' || word === '-execdir' || word === '-ok',
    );
    if (!changes) return [{ kind: 'prints' }];
    const at = actions.findIndex((word) => word === '-exec' || word === '-execdir');
    const program = at < 0 ? 'rm' : actions[at + 1];
    const folder = actions[0];
    if (folder == null || folder.startsWith('-')) return unknownArguments;
    // What it deletes is a part of the tree: nothing more is claimed.
    if (program === 'rm' || program === 'rmdir') return [{ kind: 'reads', path: folder, tree: true }];
    if (program === 'chmod' || program === 'chown')
      return [{ kind: 'owns', path: folder, owner: null, mode: null, recursive: true }];
    return program === 'strip' || program === 'touch'
      ? [{ kind: 'writes', path: folder, tree: true }]
      : [{ kind: 'unknown', why: 'what find runs is not known' }];
  }),
  entry('dd', 'dd', ({ argv }) => {
    const out = argv.find((word) => word?.startsWith('of='));
    return out == null ? [{ kind: 'prints' }] : [{ kind: 'writes', path: out.slice(3), tree: false }];
  }),
  entry('mktemp', 'mktemp', () => [{ kind: 'prints' }]),
  entry(
    'prints',
    'cat echo printf ls pwd head tail grep egrep fgrep sort uniq cut tr awk gawk mawk wc du df basename dirname readlink realpath uname hostname id whoami nproc getconf sync stat file diff cmp sha1sum sha256sum sha512sum md5sum date sleep env printenv which yes seq expr jq yq xmllint column rev tac nl od xxd hexdump strings less more ps free uptime groups arch dircolors tput clear lsb_release dpkg-query dpkg-architecture ldd nm objdump readelf cksum base64 base32 bc numfmt comm paste join fold fmt lsof true',
    prints,
  ),
];

/** `a/{b,c}` as the shell expands it, one level. */
function braces(path: string): string[] {
  const found = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/.exec(path);
  return found === null
    ? [path]
    : (found[2] as string).split(',').flatMap((part) => braces(`${found[1]}${part}${found[3]}`));
}
