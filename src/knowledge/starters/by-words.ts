import { isTextFlag } from '../../syntax/shell-name.ts';
import { type Start, type Starter, type Words, wordsBehind } from '../starter.ts';

/** The script behind a flag of the program. */
function scriptBehind(argv: Words): readonly Start[] {
  const at = argv.findIndex((word) => isTextFlag(word) || word === '--command');
  const script = at < 0 ? null : argv[at + 1];
  return typeof script === 'string' ? [{ script }] : [];
}

/** Programs of the system, and words of the shell, that start what their own words say. */
const starters: readonly Omit<Starter, 'everyday'>[] = [
  {
    programs: ['xargs'],
    docs: 'https://manpages.debian.org/xargs.1',
    starts: (argv) =>
      wordsBehind(argv, /^-([0oprtx]*[adEILnPs]|-(arg-file|delimiter|max-(args|chars|procs)|process-slot-var))$/),
  },
  {
    programs: ['find'],
    docs: 'https://manpages.debian.org/find.1',
    starts: (argv) =>
      argv.flatMap((word, at) =>
        /^-(exec|ok)(dir)?$/.test(word ?? '') && at + 1 < argv.length ? [{ argv: argv.slice(at + 1) }] : [],
      ),
  },
  {
    programs: ['flock'],
    docs: 'https://manpages.debian.org/flock.1',
    starts: (argv) => {
      const script = scriptBehind(argv);
      return script.length > 0
        ? script
        : wordsBehind(argv, /^-([Fenosux]*[wE]|-wait|-timeout|-conflict-exit-code)$/, 1);
    },
  },
  {
    programs: ['su'],
    docs: 'https://manpages.debian.org/su.1',
    starts: scriptBehind,
  },
  {
    programs: ['setpriv'],
    docs: 'https://manpages.debian.org/setpriv.1',
    starts: (argv) =>
      wordsBehind(
        argv,
        /^--(groups|(inh|ambient)-caps|bounding-set|securebits|pdeathsig|ptracer|r?e?[ug]id|selinux-label|apparmor-profile|landlock-\w+|seccomp-filter)$/,
      ),
  },
  {
    programs: ['start-stop-daemon'],
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
  {
    programs: ['watch'],
    docs: 'https://manpages.debian.org/watch.1',
    // All of its words are one text of the shell.
    starts: (argv) =>
      wordsBehind(argv, /^-([bcdegptwx]*[nq]|-interval|-equexit)$/).flatMap((start) =>
        start === null || !('argv' in start) || start.argv.includes(null)
          ? [start]
          : [{ script: start.argv.join(' ') }],
      ),
  },
  {
    programs: ['script'],
    docs: 'https://manpages.debian.org/script.1',
    starts: scriptBehind,
  },
  {
    programs: ['chroot', 'taskset', 'setarch', 'chrt'],
    docs: 'https://manpages.debian.org/bookworm/util-linux/index.html',
    starts: (argv) => wordsBehind(argv, /^(-[TPD]|--sched-(runtime|period|deadline))$/, 1),
  },
  {
    programs: ['unshare', 'nsenter', 'prlimit', 'linux32', 'linux64', 'ssh-agent', 'dbus-run-session'],
    docs: 'https://manpages.debian.org/bookworm/util-linux/index.html',
    starts: (argv) => wordsBehind(argv, /^(-[taSG]|--(target|setuid|setgid|config-file))$/),
  },
  {
    programs: ['trap'],
    docs: 'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#trap',
    starts: (argv) => (typeof argv[1] === 'string' && /[\s/]/.test(argv[1]) ? [{ script: argv[1] }] : []),
  },
  {
    programs: ['entr'],
    docs: 'https://manpages.debian.org/entr.1',
    starts: (argv) => {
      const behind = wordsBehind(argv, /^$/);
      const [start] = behind;
      // With -s its word is a text of the shell.
      return argv.some((word) => /^-\w*s/.test(word ?? '')) && start != null && 'argv' in start
        ? [{ script: start.argv[0] ?? '' }]
        : behind;
    },
  },
  {
    programs: ['parallel'],
    docs: 'https://www.gnu.org/software/parallel/man.html',
    starts: (argv) =>
      wordsBehind(
        argv,
        /^-([jPnNLdaCI]|-(jobs|max-(args|procs)|colsep|joblog|delay|timeout|retries|arg-file|results))$/,
      ).map((start) =>
        start === null || !('argv' in start)
          ? start
          : {
              script: start.argv
                .slice(
                  0,
                  [...start.argv, ':::'].findIndex((word) => /^:::/.test(word ?? '')),
                )
                .join(' '),
            },
      ),
  },
  {
    programs: ['spawn-fcgi'],
    docs: 'https://manpages.debian.org/spawn-fcgi.1',
    starts: (argv) => {
      const at = argv.indexOf('-f');
      return at > 0 ? [{ script: argv[at + 1] ?? '' }] : wordsBehind(argv, /^-[dapsMUuGgcCFbP]$/);
    },
  },
  {
    programs: ['eval'],
    docs: 'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#eval',
    starts: (argv) => (argv.includes(null) ? [] : [{ script: argv.slice(1).join(' ') }]),
  },
];

export default starters.map((one): Starter => ({ ...one, everyday: true }));
