import { isTextFlag } from '../syntax/shell-name.ts';
import { table } from './table.ts';

type Words = readonly (string | null)[];

/** What a program is told to start: words of their own, or the text of a script. */
export type WordStart = { readonly argv: Words } | { readonly script: string };

interface WordStarter {
  readonly docs: string;
  readonly starts: (argv: Words) => readonly WordStart[];
}

/** The words behind the flags and `operands` words of the program's own. */
function behind(argv: Words, valueFlags: RegExp, operands = 0): readonly WordStart[] {
  let at = 1;
  for (; at < argv.length && /^-./.test(argv[at] ?? ''); at++) if (valueFlags.test(argv[at] as string)) at++;
  const rest = argv.slice(at + operands);
  return rest.length === 0 ? [] : [{ argv: rest }];
}

/** The script behind a flag of the program. */
function scriptBehind(argv: Words): readonly WordStart[] {
  const at = argv.findIndex((word) => isTextFlag(word) || word === '--command');
  const script = at < 0 ? null : argv[at + 1];
  return typeof script === 'string' ? [{ script }] : [];
}

/** Programs, and words of the shell, that start what their own words say. */
const STARTERS = table<WordStarter>({
  xargs: {
    docs: 'https://manpages.debian.org/xargs.1',
    starts: (argv) => behind(argv, /^-([adEIiLnPs]|-(arg-file|delimiter|max-\w+|replace))$/),
  },
  find: {
    docs: 'https://manpages.debian.org/find.1',
    starts: (argv) =>
      argv.flatMap((word, at) =>
        /^-(exec|ok)(dir)?$/.test(word ?? '') && at + 1 < argv.length ? [{ argv: argv.slice(at + 1) }] : [],
      ),
  },
  flock: {
    docs: 'https://manpages.debian.org/flock.1',
    starts: (argv) => {
      const script = scriptBehind(argv);
      return script.length > 0 ? script : behind(argv, /^-([wE]|-timeout|-conflict-exit-code)$/, 1);
    },
  },
  su: { docs: 'https://manpages.debian.org/su.1', starts: (argv) => scriptBehind(argv) },
  setpriv: {
    docs: 'https://manpages.debian.org/setpriv.1',
    starts: (argv) =>
      behind(argv, /^--(groups|inh-caps|ambient-caps|bounding-set|securebits|pdeathsig|reuid|regid|euid|ruid)$/),
  },
  'start-stop-daemon': {
    docs: 'https://manpages.debian.org/start-stop-daemon.8',
    starts: (argv) =>
      argv.flatMap((word, at) => {
        const [, attached] = /^--(?:exec|startas)=(.+)$/.exec(word ?? '') ?? [];
        if (attached !== undefined) return [{ argv: [attached] }];
        return /^(-[xa]|--exec|--startas)$/.test(word ?? '') && at + 1 < argv.length
          ? [{ argv: [argv[at + 1] ?? null] }]
          : [];
      }),
  },
  watch: {
    docs: 'https://manpages.debian.org/watch.1',
    starts: (argv) => behind(argv, /^-([nq]|-interval)$/),
  },
  trap: {
    docs: 'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#trap',
    starts: (argv) => (typeof argv[1] === 'string' && /[\s/]/.test(argv[1]) ? [{ script: argv[1] }] : []),
  },
  eval: {
    docs: 'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#eval',
    starts: (argv) => (argv.includes(null) ? [] : [{ script: argv.slice(1).join(' ') }]),
  },
});

/** What a program or a word of the shell is told to start by its words. */
export const startedByWords = (argv: Words): readonly WordStart[] => {
  const name = argv[0] ?? '';
  const program = name.slice(name.lastIndexOf('/') + 1);
  return Object.hasOwn(STARTERS, program) ? (STARTERS[program]?.starts(argv) ?? []) : [];
};

const LEADS = /^(--|run|exec|run-program)$/;

/**
 * Places in the words of any program from which on a command of its own may stand: behind `--` and `run`, and what `starts` tells to be one by
 * its name.
 */
export const commandPlaces = (argv: Words, starts: (name: string, next: string | null) => boolean): readonly number[] =>
  argv.flatMap((word, at) =>
    at > 0 && word !== null && (LEADS.test(argv[at - 1] ?? '') || starts(word, argv[at + 1] ?? null)) ? [at] : [],
  );
