import { parseShell } from '../syntax/parse-shell.ts';
import { resolvePath } from '../syntax/paths.ts';
import { isShell, isTextFlag, startsShell } from '../syntax/shell-name.ts';
import { wordValue } from '../syntax/shell-value.ts';
import { commandsOf } from '../syntax/walk-shell.ts';
import type { ImageConfig, Tree } from './image.ts';
import { DEFAULT_PATH, findExecutable, lookUp } from './lookup.ts';

/** Something that the container's own words lead to. */
export interface Started {
  /** As it is written: a name, a path, a file among the arguments. */
  readonly name: string;
  /** Where it was found in the old image. */
  readonly path: string;
  /** `ENTRYPOINT`, `HEALTHCHECK`, `/entrypoint.sh` */
  readonly via: string;
  readonly program: boolean;
}

/** Scripts that call scripts end somewhere. */
const DEEPEST = 4;

/** The programs that CMD, ENTRYPOINT and HEALTHCHECK start in an image, those of their scripts included, and the files they name. */
export function startedBy(config: ImageConfig, tree: Tree): Started[] {
  const found = new Map<string, Started>();
  const path = config.env.get('PATH') ?? DEFAULT_PATH;
  const { workdir } = config;
  const note = (name: string, place: string, via: string, program: boolean): void => {
    if (!found.has(`${name} ${place}`)) found.set(`${name} ${place}`, { name, path: place, via, program });
  };
  const script = (text: string, via: string, depth: number): void => {
    const parsed = parseShell(text);
    if ('message' in parsed || parsed.body === null || depth > DEEPEST) return;
    for (const node of commandsOf(parsed.body))
      command(
        node.words.map((word) => wordValue(word, (name) => config.env.get(name) ?? null)),
        via,
        depth + 1,
      );
  };
  const command = (argv: readonly (string | null)[], via: string, depth: number): void => {
    for (const [index, word] of argv.entries()) {
      if (word === null || word === '' || word.startsWith('-')) continue;
      // Behind `exec`, `tini --`, `env` and their like stands another program: any word may name one.
      const program = findExecutable(tree, word, path, workdir);
      if (program !== null && (index === 0 || via !== 'HEALTHCHECK' || word.includes('/'))) {
        note(word, program, via, index === 0);
        const text = lookUp(tree, program)?.text ?? null;
        if (text !== null && startsShell(text)) script(text, program, depth + 1);
        continue;
      }
      const file = resolvePath(workdir, word);
      const entry = file === '/' ? null : lookUp(tree, file);
      if (index === 0 || entry === null || !/[./]/.test(word)) continue;
      note(word, file, via, false);
      if (isShell(argv[0] ?? '') && index === 1 && entry.text !== null) script(entry.text, file, depth + 1);
    }
    const flag = argv.findIndex(isTextFlag);
    if (isShell(argv[0] ?? '') && flag > 0) script(argv[flag + 1] ?? '', via, depth + 1);
  };
  const { entrypoint, cmd, healthcheck } = config;
  if (entrypoint !== null) command([...entrypoint, ...(cmd ?? [])], 'ENTRYPOINT', 0);
  else if (cmd !== null) command(cmd, 'CMD', 0);
  const [kind, ...test] = healthcheck?.test ?? [];
  if (kind === 'CMD') command(test, 'HEALTHCHECK', 0);
  if (kind === 'CMD-SHELL') command([...(config.shell ?? ['/bin/sh', '-c']), test[0] ?? ''], 'HEALTHCHECK', 0);
  return [...found.values()];
}
