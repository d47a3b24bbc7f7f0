import type { ImageFacts } from '../knowledge/image.ts';
import { standardHome } from '../knowledge/standard-folders.ts';
import { resolvePath } from '../syntax/paths.ts';
import type { CommandFacts } from './shell-world.ts';
import type { State } from './state.ts';

interface Made {
  readonly steps: readonly { readonly commands: readonly CommandFacts[] }[];
  readonly image: ImageFacts | null;
}

/** The home folder of the user in force: https://docs.docker.com/reference/dockerfile/#user names who that is. */
export function homeOf(state: State, made: Made): string {
  const home = state.env.get('HOME');
  if (typeof home === 'string' && home !== '') return home;
  return state.user === null ? '/root' : homeOfAccount(state.user, made);
}

function homeOfAccount(user: string, { steps, image }: Made): string {
  if (/^(root|0)$/.test(user)) return '/root';
  const name = /^\d+$/.test(user) ? (accountOf(user, steps) ?? image?.accountNumbers?.[user] ?? null) : user;
  // Who is not in /etc/passwd has no home: https://github.com/moby/sys/blob/main/user/user.go
  if (name === null) return '/';
  return (
    accountCommands(steps)
      .flatMap((command) => (names(command, name) ? statedHome(command) : []))
      .at(-1) ??
    standardHome(name, image?.distribution ?? null) ??
    `/home/${name}`
  );
}

/** The homes that the commands which make accounts name. */
export const statedHomes = (steps: Made['steps']): string[] => accountCommands(steps).flatMap(statedHome);

/** The name of the account that is made with a number: `useradd -u 1000 app`. */
export function accountOf(number: string, steps: Made['steps']): string | null {
  const made = accountCommands(steps).find(({ argv }) =>
    argv.some(
      (word, index) => (word === number && /^(-u|--uid)$/.test(argv[index - 1] ?? '')) || word === `--uid=${number}`,
    ),
  );
  const name = made?.argv.at(-1) ?? '';
  return /^[a-z_][\w-]*$/.test(name) ? name : null;
}

const accountCommands = (steps: Made['steps']): CommandFacts[] =>
  steps.flatMap(({ commands }) => commands.filter(({ effects }) => effects.some(({ kind }) => kind === 'accounts')));

const names = ({ argv }: CommandFacts, name: string): boolean => argv.includes(name);

/** `useradd -d`, `adduser --home` and `usermod -d`; BusyBox writes `adduser -h`. */
export function statedHome({ argv }: Pick<CommandFacts, 'argv'>): string[] {
  const tool = (argv[0] ?? '').replace(/^.*\//, '');
  const flags = tool === 'adduser' ? ['--home', '-h'] : ['--home', '--home-dir', '-d'];
  return argv.flatMap((word, index) => {
    const [flag = '', value = argv[index + 1] ?? ''] = (word ?? '').split('=', 2);
    return flags.includes(flag) && value.startsWith('/') ? [resolvePath('/', value)] : [];
  });
}
