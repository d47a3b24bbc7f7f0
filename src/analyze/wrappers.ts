import { standardHome } from '../knowledge/standard-folders.ts';
import type { Span } from '../syntax/document.ts';
import type { ShellWorld } from './shell-world.ts';

/** A field of a command line with where it stands. */
export interface Field {
  readonly value: string | null;
  /** What is known of a value that is not known as a whole; null where nothing is, or where it may be several. */
  readonly outline: string | null;
  /** As it is spelled. */
  readonly raw: string;
  readonly span: Span;
}

interface Wrapper {
  /** Flags that take the next word. */
  readonly valueFlags: readonly string[];
  /** Words between the flags and the program: the account of gosu, the limit of timeout. */
  readonly operands?: number;
  /** The flag, or `operand`, that names the account. */
  readonly user?: string;
  /** Whose account it is where none is named. */
  readonly otherwise?: string;
}

/** Programs that run another one which they are given, by their manual pages. */
const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: { valueFlags: ['-u', '-g', '-C', '-h', '-p', '--user', '--group'], user: '-u', otherwise: 'root' },
  env: { valueFlags: ['-u', '--unset', '-C', '--chdir'] },
  time: { valueFlags: ['-f', '-o'] },
  exec: { valueFlags: ['-a'] },
  nice: { valueFlags: ['-n'] },
  nohup: { valueFlags: [] },
  setsid: { valueFlags: [] },
  stdbuf: { valueFlags: ['-i', '-o', '-e'] },
  fakeroot: { valueFlags: [] },
  unbuffer: { valueFlags: [] },
  'xvfb-run': { valueFlags: ['-s', '-e', '-n', '-w'] },
  command: { valueFlags: [] },
  builtin: { valueFlags: [] },
  gosu: { valueFlags: [], operands: 1, user: 'operand' },
  'su-exec': { valueFlags: [], operands: 1, user: 'operand' },
  timeout: { valueFlags: ['-k', '-s', '--signal', '--kill-after'], operands: 1 },
  setuser: { valueFlags: [], operands: 1, user: 'operand' },
  chpst: { valueFlags: ['-u', '-U', '-e', '-n', '-m'], user: '-u' },
  runuser: { valueFlags: ['-u', '-g', '-s'], user: '-u' },
  eatmydata: { valueFlags: [] },
  linux32: { valueFlags: [] },
  tini: { valueFlags: ['-p', '-e'] },
  'dumb-init': { valueFlags: ['-r'] },
  ionice: { valueFlags: ['-c', '-n'] },
  busybox: { valueFlags: [] },
};

export interface Unwrapped {
  readonly words: readonly Field[];
  readonly world: ShellWorld;
  /** Variables that a wrapper sets for the program. */
  readonly assigned: ReadonlyMap<string, string | null>;
}

/** What a wrapper's own words say, and where the program behind them stands: at the end of the words where they name none. */
interface Wrapping {
  readonly at: number;
  readonly user: string | null;
  readonly assigned: readonly (readonly [string, string])[];
}

function wrapping(words: readonly (string | null)[]): Wrapping | null {
  const name = words[0] ?? '';
  const program = name.slice(name.lastIndexOf('/') + 1);
  const wrapper = Object.hasOwn(WRAPPERS, program) ? WRAPPERS[program] : undefined;
  if (wrapper === undefined || (name === 'command' && words[1]?.startsWith('-'))) return null;
  const assigned: (readonly [string, string])[] = [];
  let user = wrapper.otherwise ?? null;
  let at = 1;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    const assignment = /^(\w+)=([\s\S]*)$/.exec(word);
    if (assignment !== null) assigned.push([assignment[1] as string, assignment[2] as string]);
    else if (wrapper.valueFlags.includes(word)) {
      at++;
      if (word === wrapper.user) user = words[at] ?? null;
    } else if (!word.startsWith('-')) break;
  }
  if (wrapper.user === 'operand') user = words[at] ?? null;
  return { at: Math.min(at + (wrapper.operands ?? 0), words.length), user, assigned };
}

/** Where the program stands that a wrapper is given, the number of words where it is given none; null for any other program. */
export const behindWrapper = (words: readonly (string | null)[]): number | null => wrapping(words)?.at ?? null;

/** Looks through wrappers to the program that runs, as whoever it runs. */
export function unwrap(all: readonly Field[], surroundings: ShellWorld): Unwrapped {
  const assigned = new Map<string, string | null>();
  let [words, world] = [all, surroundings];
  for (;;) {
    const found = words.length < 2 ? null : wrapping(words.map(({ value }) => value));
    for (const [name, value] of found?.assigned ?? []) assigned.set(name, value);
    if (found === null || found.at >= words.length) break;
    words = words.slice(found.at);
    if (found.user !== null) world = asUser(world, found.user);
  }
  return { words, world, assigned };
}

/** The surroundings of another account. */
export function asUser(world: ShellWorld, user: string): ShellWorld {
  const name = user.replace(/:.*$/s, '');
  const home = world.memory.get(`home:${name}`) ?? standardHome(name, world.image?.distribution ?? null);
  return { ...world, user: name, home: /^(root|0)$/.test(name) ? '/root' : (home ?? `/home/${name}`) };
}
