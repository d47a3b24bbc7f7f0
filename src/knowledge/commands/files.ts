import { baseName as lastName, withoutSlashes, writtenFolder } from '../../syntax/paths.ts';
import { type CommandEntry, type Effect, operandsOf, unknownArguments } from '../command.ts';
import { sequence } from '../sequence.ts';
import { isStandardFolder } from '../standard-folders.ts';
import { readFiles } from './printers.ts';

// https://www.gnu.org/software/coreutils/manual/, https://www.busybox.net/downloads/BusyBox.html
const entry = (id: string, names: string, read: CommandEntry['read']): CommandEntry => ({
  entry: `commands/files#${id}`,
  names: names.split(' '),
  read,
});

/** Some word is not known. What goes into a folder of the system is then not either; any other one is written as a whole. */
const unknownWords = (operands: readonly (string | null)[]): readonly Effect[] => {
  const to = operands.at(-1);
  if (!to?.startsWith('/')) return unknownArguments;
  return isStandardFolder(withoutSlashes(to))
    ? [{ kind: 'unknown', why: `what it puts into ${to} is not known`, outside: true }]
    : [{ kind: 'writes', path: withoutSlashes(to), tree: true }, ...unknownArguments];
};

const baseName = (path: string): string => lastName(withoutSlashes(path));

function transfer(
  kind: 'copies' | 'moves',
  valueFlags: readonly string[] = ['-t', '--target-directory', '-S', '--suffix'],
  keeps: (argv: readonly (string | null)[]) => boolean = () => false,
): CommandEntry['read'] {
  return ({ argv }) => {
    const { flags, operands, unknown } = operandsOf(argv, valueFlags);
    if (unknown) return unknownWords(operands);
    const into = flags.get('-t') ?? flags.get('--target-directory');
    const list = operands as string[];
    const sources = into ? list : list.slice(0, -1);
    const to = into ?? list.at(-1);
    if (to === undefined || sources.length === 0) return unknownArguments;
    return sources.flatMap((from): Effect[] => {
      if (/[*?[]/.test(from)) {
        return [
          { kind: 'reads', path: beforePattern(from), tree: true },
          { kind: 'writes', path: to, tree: true, from },
          ...(kind === 'moves' ? [{ kind: 'deletes', path: from } as const] : []),
        ];
      }
      const many = sources.length > 1 || into !== undefined;
      // `cp dir/. to` copies what is in the folder.
      if (/(^|\/)\.$/.test(from))
        return [
          { kind: 'reads', path: from, tree: true },
          { kind: 'writes', path: to, tree: true, from: `${withoutSlashes(from.slice(0, -1)) || '.'}/*` },
        ];
      const place = many ? `${to.replace(/\/$/, '')}/${baseName(from)}` : to;
      return [
        kind === 'copies' && keeps(argv) ? { kind, from, to: place, keepsOwner: true } : { kind, from, to: place },
      ];
    });
  };
}

/** https://www.gnu.org/software/coreutils/manual/html_node/cp-invocation.html: `-a` and `-p` keep owner and mode. */
const keepsOwner = (argv: readonly (string | null)[]): boolean =>
  argv.some((word) => word !== null && /^-[a-zA-Z]*[ap]|^--(archive|preserve($|=.*(all|ownership)))/.test(word));

const owns =
  (mode: boolean): CommandEntry['read'] =>
  ({ argv }) => {
    const { flags, operands } = operandsOf(argv, ['--reference', '--from']);
    const relative = mode && argv.slice(1).find((word) => word !== null && /^[-+=][rwxXst]+$/.test(word));
    const given = relative || operands[0];
    const paths = relative && !operands.includes(relative) ? operands : operands.slice(1);
    if (paths.length === 0 || paths.includes(null)) return unknownArguments;
    if (given == null)
      return paths.some((path) => path?.startsWith('/'))
        ? [{ kind: 'unknown', why: `what it gives ${paths.join(' ')} is not known`, outside: true }]
        : unknownArguments;
    const recursive = flags.has('-R') || flags.has('--recursive');
    const owner = mode ? null : argv[0]?.endsWith('chgrp') ? `:${given}` : given;
    return (paths as string[]).flatMap((path): Effect[] => {
      const whole = path.replace(/\/\*$/, '');
      if (/[*?[]/.test(whole))
        return [{ kind: 'owns', path: writtenFolder(whole), owner: null, mode: null, recursive: true }];
      return [
        {
          kind: 'owns',
          path: whole,
          owner,
          mode: mode ? given : null,
          recursive: recursive || whole !== path,
          ...(whole === path ? {} : { inside: true }),
        },
      ];
    });
  };

const touches: CommandEntry['read'] = ({ argv }) => {
  const { operands, unknown } = operandsOf(argv, ['-r', '-d', '-t', '-s', '--size', '-m']);
  return unknown ? unknownArguments : (operands as string[]).map((path) => ({ kind: 'writes', path, tree: false }));
};

export const fileCommands: readonly CommandEntry[] = [
  entry('cp', 'cp', transfer('copies', undefined, keepsOwner)),
  entry('mv', 'mv', transfer('moves')),
  entry('rm', 'rm rmdir unlink shred', ({ argv }) => {
    const { operands, unknown } = operandsOf(argv);
    return unknown
      ? [{ kind: 'unknown', why: 'what it deletes is not known' }]
      : (operands as string[]).filter((path) => path !== '').map((path) => ({ kind: 'deletes', path }));
  }),
  entry('mkdir', 'mkdir', ({ argv, braces }) => makeFolders(argv, braces)),
  entry('touch', 'touch truncate mkfifo mknod', touches),
  entry('ln', 'ln', ({ argv }) => {
    const { operands, unknown } = operandsOf(argv, ['-t']);
    const [target, path] = operands;
    if (unknown || target == null) return unknownWords(operands);
    // The last of several is the folder that the links stand in.
    if (operands.length > 2) {
      const folder = withoutSlashes(operands.at(-1) as string);
      return (operands.slice(0, -1) as string[]).map((one) => ({
        kind: 'links',
        target: one,
        path: `${folder}/${baseName(one)}`,
      }));
    }
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
    if (unknown) return unknownWords(operands);
    if (flags.has('-d') || flags.has('--directory')) {
      const mode = flags.get('-m') || flags.get('--mode') || null;
      const user = flags.get('-o') || flags.get('--owner');
      const group = flags.get('-g') || flags.get('--group');
      const owner = user || group ? `${user ?? ''}${group ? `:${group}` : ''}` : null;
      return (operands as string[])
        .map(folderName)
        .flatMap((path): Effect[] => [
          { kind: 'makes-folder', path },
          ...(mode !== null || owner !== null ? [{ kind: 'owns', path, owner, mode, recursive: false } as const] : []),
        ]);
    }
    return transfer('copies', ['-m', '--mode', '-o', '--owner', '-g', '--group', '-t', '--target-directory'])({
      argv,
      cwd: null,
      home: null,
      user: null,
      distribution: null,
      braces: null,
      redirectTo: null,
      stdin: null,
    });
  }),
  entry('chmod', 'chmod', owns(true)),
  entry('chown', 'chown chgrp', owns(false)),
  entry('tee', 'tee', touches),
  entry('sed', 'sed', ({ argv }) => {
    const { flags, operands } = operandsOf(argv, ['-e', '--expression', '-f', '--file']);
    const inPlace = [...flags.keys()].some((flag) => /^-(i|[nrEsz]*i)/.test(flag) || flag.startsWith('--in-place'));
    const files = flags.has('-e') || flags.has('--expression') || flags.has('-f') ? operands : operands.slice(1);
    if (!inPlace) return [{ kind: 'prints' }, ...readFiles(files, false)];
    if (files.includes(null)) return unknownArguments;
    // What it edits has to be there.
    return (files as string[]).flatMap((path): Effect[] =>
      /[*?[]/.test(path)
        ? [{ kind: 'writes', path: writtenFolder(path), tree: true }]
        : [
            { kind: 'reads', path, tree: false },
            { kind: 'writes', path, tree: false },
          ],
    );
  }),
  entry('find', 'find', ({ argv }) => {
    const actions = argv.slice(1);
    const folders = foundIn(actions);
    const effects = actions.flatMap((word, index): Effect[] => {
      if (word === '-delete') return folders.map((path) => ({ kind: 'thins', path, names: namesFound(actions) }));
      if (!/^-(exec|execdir|ok|okdir)$/.test(word ?? '')) return [];
      const end = actions.findIndex((other, at) => at > index && (other === ';' || other === '+' || other === '\\;'));
      return onMany(actions.slice(index + 1, end < 0 ? undefined : end), folders, namesFound(actions), actions);
    });
    return effects.length === 0 ? [{ kind: 'prints' }, ...readFiles(folders, true)] : effects;
  }),
  entry('xargs', 'xargs', ({ argv, stdin }) => {
    const at = xargsProgram(argv);
    const [program, ...words] = (stdin ?? '').split(' ');
    const made = foldersForEach(argv, at, (stdin ?? '').split(' '));
    if (made !== null) return made;
    return program === 'find'
      ? onMany(argv.slice(at), foundIn(words), namesFound(words), words)
      : onMany(argv.slice(at), ['.'], null, null);
  }),
  entry('dd', 'dd', ({ argv }) => {
    const out = argv.find((word) => word?.startsWith('of='));
    return out == null ? [{ kind: 'prints' }] : [{ kind: 'writes', path: out.slice(3), tree: false }];
  }),
];

/** `mkdir /srv/data/` makes the folder of that name without the slash. */
const folderName = (path: string): string => path.replace(/(?<=[^/])\/+$/, '');

function makeFolders(argv: readonly (string | null)[], expands: boolean | null): readonly Effect[] {
  const { flags, operands, unknown } = operandsOf(argv, ['-m', '--mode']);
  if (unknown) return unknownArguments;
  const mode = flags.get('-m') || flags.get('--mode');
  const words = operands as string[];
  // One folder with braces in its name, or several: what is certain is the folder around them.
  if (expands === null && words.some((word) => /\{[^{},.]*[,.]/.test(word)))
    return words.map((word) => {
      const open = word.indexOf('{');
      const around = open < 0 ? null : word.slice(0, word.lastIndexOf('/', open) + 1) || '.';
      return around === null ? { kind: 'makes-folder', path: word } : { kind: 'writes', path: around, tree: true };
    });
  const folders = words.map((word) => (expands ? braces(word) : [word]));
  if (folders.includes(null)) return unknownArguments;
  return (folders.flat() as string[])
    .map(folderName)
    .flatMap((path): Effect[] => [
      { kind: 'makes-folder', path },
      ...(mode ? [{ kind: 'owns', path, owner: null, mode, recursive: false } as const] : []),
    ]);
}

/** `seq 1 8 | xargs -I{} mkdir -p DIR{}`: the folders, one for each number; null for any other call. */
function foldersForEach(argv: readonly (string | null)[], at: number, stdin: readonly string[]): Effect[] | null {
  const numbers = stdin[0] === 'seq' ? sequence(stdin.slice(1)) : null;
  const flag = argv.slice(1, at).findIndex((word) => word?.startsWith('-I')) + 1;
  const mark = flag === 0 ? '' : ((argv[flag]?.slice(2) || argv[flag + 1]) ?? '');
  if (numbers === null || mark === '' || argv[at] !== 'mkdir' || argv.includes(null)) return null;
  const words = argv.slice(at) as string[];
  return numbers.flatMap((one) =>
    makeFolders(
      words.map((word) => word.replaceAll(mark, one)),
      false,
    ),
  );
}

/** The folders that `find` starts from. */
function foundIn(words: readonly (string | null)[]): string[] {
  const end = words.findIndex((word) => word === null || /^[-(!]/.test(word));
  const folders = (end < 0 ? words : words.slice(0, end)) as string[];
  return folders.length === 0 ? ['.'] : folders.map(beforePattern);
}

/** The folders in front of the first name that is a pattern. */
function beforePattern(path: string): string {
  const at = path.search(/[*?[]/);
  return at < 0 ? path : path.slice(0, Math.max(path.lastIndexOf('/', at), 0)) || '.';
}

/** The patterns that `find` looks for, where every alternative names one. */
function namesFound(words: readonly (string | null)[]): readonly string[] | null {
  const names = words.flatMap((word, index) =>
    word === '-name' || word === '-iname' ? [words[index + 1] ?? null] : [],
  );
  const alternatives = words.filter((word) => word === '-o' || word === '-or').length + 1;
  const open = words.some((word) => word === null || /^(!|-not|,|-prune)$/.test(word)) || words.includes('-iname');
  return open || names.length < alternatives || names.includes(null) ? null : (names as string[]);
}

const XARGS_VALUES = new Set(['-n', '-P', '-I', '-a', '-d', '-L', '-s', '-E']);

/** Where the program stands that xargs runs. */
function xargsProgram(argv: readonly (string | null)[]): number {
  let at = 1;
  for (; at < argv.length && argv[at]?.startsWith('-'); at++) if (XARGS_VALUES.has(argv[at] as string)) at++;
  return at;
}

/** Owner and mode that every folder found is given: none where the tests leave some out, and none of what is only a file. */
function givenTo(
  argv: readonly (string | null)[],
  found: readonly (string | null)[] | null,
): { readonly owner: string | null; readonly mode: string | null } {
  const [program, ...words] = argv;
  const value = words.find((word) => word !== '{}' && !word?.startsWith('-')) ?? null;
  const tests = (found ?? [null]).filter((word, at, all) => {
    if (word === null) return true;
    const isOfFolders = (word === '-type' && all[at + 1] === 'd') || /^-(exec|execdir|print0?|depth|xdev)$/.test(word);
    return word.startsWith('-') && !isOfFolders;
  });
  if (value === null || tests.length > 0) return { owner: null, mode: null };
  const isMode = baseName(program ?? '') === 'chmod';
  const owner = baseName(program ?? '') === 'chgrp' ? `:${value}` : value;
  return isMode ? { owner: null, mode: value } : { owner, mode: null };
}

/** Programs that only look at what they are given, whatever that is. */
const PRINTERS = new Set(
  'echo printf cat ls grep head tail wc file stat du basename dirname readlink realpath which expr seq sha1sum sha256sum sha512sum md5sum test ldd'.split(
    ' ',
  ),
);

/** A program run on files below some folders, which ones is not told. */
function onMany(
  argv: readonly (string | null)[],
  folders: readonly string[],
  names: readonly string[] | null,
  found: readonly (string | null)[] | null,
): Effect[] {
  const [program, ...words] = argv;
  const last = words.findLast((word): word is string => word !== '{}' && word !== null);
  switch (baseName(program ?? '')) {
    case 'rm':
    case 'rmdir':
    case 'unlink':
      return folders.map((path) => ({ kind: 'thins', path, names }));
    case 'chmod':
    case 'chown':
    case 'chgrp':
      return folders.map((path) => ({ kind: 'owns', path, ...givenTo(argv, found), recursive: true }));
    case 'strip':
    case 'touch':
    case 'sed':
    case 'gzip':
    case 'dos2unix':
      return folders.map((path) => ({ kind: 'writes', path, tree: true }));
    case 'cp':
    case 'mv':
      return last === undefined || last.startsWith('-')
        ? [...unknownArguments]
        : [
            ...(program === 'mv' ? folders.map((path): Effect => ({ kind: 'thins', path, names })) : []),
            { kind: 'writes', path: last, tree: true },
          ];
    default:
      return PRINTERS.has(baseName(program ?? ''))
        ? [{ kind: 'prints' }]
        : [{ kind: 'unknown', why: 'what it runs on the files it finds is not known' }];
  }
}

/** A word stands for twice as many with each pair of braces: nobody makes more folders than this with one. */
const MOST_EXPANDED = 1_000;

/** `a/{b,c}` as the shell expands it, one level; null where that is more than anybody means. */
function braces(path: string): string[] | null {
  // `{1..8}`: https://www.gnu.org/software/bash/manual/html_node/Brace-Expansion.html
  const ranges = path.replace(/\{(\d{1,4})\.\.(\d{1,4})\}/g, (whole, first: string, last: string) => {
    const numbers = sequence([first, last]);
    return numbers === null || numbers.length < 2 ? whole : `{${numbers.join(',')}}`;
  });
  if (/\{\w+\.\.\w+(\.\.\w+)?\}/.test(ranges)) return null;
  let open = [ranges];
  for (;;) {
    const found = open.map((one) => /\{([^{},]*,[^{}]*)\}/.exec(one));
    if (found.every((one) => one === null)) return open;
    open = open.flatMap((one, at) => {
      const match = found[at];
      return match == null
        ? [one]
        : (match[1] as string)
            .split(',')
            .map((part) => one.slice(0, match.index) + part + one.slice(match.index + match[0].length));
    });
    if (open.length > MOST_EXPANDED) return null;
  }
}
