import { resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { commandBehind, scriptOf } from './call.ts';
import { readManifest } from './manifest.ts';
import { scriptBody } from './scripts.ts';
import { workspacePackages } from './workspaces.ts';

const FOLDER_FLAGS = ['--prefix', '-C', '--cwd', '--dir'];
const NAME_FLAGS = ['-w', '--workspace', '--filter', '-F'];
const SHORT = new Set(['start', 'test', 'stop', 'restart', 't']);

/**
 * The script that the container runs through a package manager: https://docs.npmjs.com/cli/commands/npm-run-script. yarn and
 * pnpm run scripts without `run` too, and programs of the dependencies where there is no such script.
 */
export function startedScript(
  argv: readonly (string | null)[],
  workdir: string,
  files: ImageFiles,
): string | null | undefined {
  const tool = argv[0];
  if (tool === 'npx' || tool === 'bunx' || tool === 'pnpx') {
    const command = commandBehind(argv, ['-p', '--package']);
    return command.length === 0
      ? undefined
      : scriptOf([command[0]?.replace(/(?<=.)@.*$/s, '') ?? null, ...command.slice(1)]);
  }
  if (tool === 'node') {
    const at = argv.indexOf('--run');
    return at > 0 && typeof argv[at + 1] === 'string' ? script(argv[at + 1] as string, workdir, [], files) : undefined;
  }
  if (tool == null || !['npm', 'yarn', 'pnpm', 'bun', 'yarnpkg'].includes(tool)) return undefined;
  let folder = workdir;
  const words: (string | null)[] = [];
  let at = 1;
  for (; at < argv.length; at++) {
    const word = argv[at] as string | null;
    const value = word !== null && /^--?[\w-]+=/.test(word) ? word.slice(word.indexOf('=') + 1) : null;
    const flag = word !== null && value !== null ? word.slice(0, word.indexOf('=')) : word;
    if (flag !== null && (FOLDER_FLAGS.includes(flag) || NAME_FLAGS.includes(flag))) {
      const given = value ?? argv[++at] ?? null;
      if (given === null) return null;
      const found = FOLDER_FLAGS.includes(flag) ? resolvePath(workdir, given) : packageFolder(given, workdir, files);
      if (found === null) return null;
      folder = found;
    } else if (word === null || !word.startsWith('-')) {
      words.push(word);
      if (tool === 'yarn' && words[0] === 'workspace' && words.length === 2) {
        const found = word === null ? null : packageFolder(word, workdir, files);
        if (found === null) return null;
        folder = found;
        words.length = 0;
      } else if (words.length > (/^(run|run-script|exec|x|workspace)$/.test(words[0] ?? '') ? 1 : 0)) break;
    }
  }
  // npm reads its own flags behind the name of the script too, up to `--`.
  const behind = argv.slice(at + 1);
  const dashes = behind.indexOf('--');
  for (const [index, word] of tool === 'npm' ? behind.slice(0, dashes < 0 ? undefined : dashes).entries() : []) {
    const [, name = '', joined] = /^(--?[a-zA-Z-]+)(?:=(.*))?$/s.exec(word ?? '') ?? [];
    const given = joined ?? behind[index + 1] ?? null;
    if (/^(-ws|--workspaces)$/.test(name)) return everywhere(words, workdir, files);
    if (!FOLDER_FLAGS.includes(name) && !NAME_FLAGS.includes(name)) continue;
    const found =
      given === null
        ? null
        : FOLDER_FLAGS.includes(name)
          ? resolvePath(workdir, given)
          : packageFolder(given, workdir, files);
    if (found === null) return null;
    folder = found;
  }
  const args = behind.filter(
    (word, index) => !(word === '--' && (index === 0 || (tool === 'npm' && index === dashes))),
  );
  const isRun = words[0] === 'run' || words[0] === 'run-script';
  const wanted = isRun || words[0] === 'exec' || words[0] === 'x' ? words[1] : words[0];
  if (wanted == null) return undefined;
  if (words[0] === 'exec' || words[0] === 'x') return inside(folder, workdir, scriptOf([wanted, ...args]));
  if (tool === 'npm' && !isRun && !SHORT.has(wanted)) return undefined;
  const found = script(wanted, folder, args, files);
  if (typeof found === 'string') return inside(folder, workdir, found);
  if (found === null || tool === 'npm') return found;
  if (tool === 'bun' && /[./]/.test(wanted)) return undefined;
  return inside(folder, workdir, scriptOf([wanted, ...args]));
}

/** `npm run start --workspaces`: the script of each package that has it. */
function everywhere(words: readonly (string | null)[], workdir: string, files: ImageFiles): string | null {
  const name = words.at(-1);
  const texts = workspacePackages(workdir, files).flatMap(({ folder, manifest }) => {
    const body = name == null ? null : scriptBody(manifest, name);
    return body === null ? [] : [`(${inside(folder, workdir, body)})`];
  });
  return texts.length === 0 ? null : texts.join('\n');
}

const inside = (folder: string, workdir: string, text: string): string =>
  folder === workdir ? text : `cd '${folder}'\n${text}`;

function packageFolder(name: string, workdir: string, files: ImageFiles): string | null {
  const found = workspacePackages(workdir, files).find(
    (one) => one.name === name || one.folder === resolvePath(workdir, name),
  );
  return found?.folder ?? null;
}

function script(
  name: string,
  folder: string,
  args: readonly (string | null)[],
  files: ImageFiles,
): string | null | undefined {
  const manifest = readManifest(folder, files);
  if (manifest === null) return null;
  const body = scriptBody(manifest, name);
  // Without a start script npm runs server.js.
  if (body === null) return name === 'start' ? 'node server.js' : undefined;
  return args.length > 0 && !body.includes('\n') ? `${body} ${scriptOf(args)}` : body;
}
