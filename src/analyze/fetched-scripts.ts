import type { BuildEffect } from '../knowledge/ecosystem.ts';
import { installerEffects, isInterpreter } from '../knowledge/installers.ts';
import { baseName, resolvePath } from '../syntax/paths.ts';
import { isReadShell } from '../syntax/shell-name.ts';
import type { CopyFacts } from './copy.ts';

type Memory = Map<string, string>;

const isAddress = (word: string | null): word is string => /^(https?|ftp):\/\//.test(word ?? '');

/** Keeps from where a command, or its redirection to `files`, fetched a file; what is written otherwise is forgotten. */
export function rememberFetched(
  argv: readonly (string | null)[],
  effects: readonly BuildEffect[],
  {
    cwd,
    files,
    memory,
  }: { readonly cwd: string | null; readonly files: readonly (string | null)[]; readonly memory: Memory },
): void {
  const addresses = argv.filter(isAddress);
  const written = effects.flatMap((effect) => (effect.kind === 'writes' && !effect.tree ? [effect.path] : []));
  const isFetch = addresses.length === 1 && effects.some(({ kind }) => kind === 'network');
  for (const name of [...written, ...files]) {
    if (name === null || (cwd === null && !name.startsWith('/'))) continue;
    const key = `fetched:${resolvePath(cwd ?? '/', name)}`;
    if (isFetch && written.length + files.length === 1) memory.set(key, addresses[0] as string);
    else memory.delete(key);
  }
}

/** The same of an ADD, whose target may be the file or the folder that it is put into. */
export function rememberAdded({ target, sources }: CopyFacts, memory: Memory): void {
  const [source = null] = sources;
  if (target === null || sources.length !== 1 || !isAddress(source)) return;
  memory.set(`fetched:${target}`, source);
  memory.set(`fetched:${resolvePath(target, baseName(source))}`, source);
}

/** What a call does that runs a fetched script, where its address tells; null for any other call. */
export function fetchedInstaller(
  argv: readonly (string | null)[],
  cwd: string | null,
  { memory, home, env }: { readonly memory: Memory; readonly home: string; readonly env: Environment },
): { readonly effects: readonly BuildEffect[]; readonly entry: string; readonly says: string } | null {
  const [program, ...words] = argv;
  const isShell = isReadShell(program ?? '') || isInterpreter(program ?? '');
  const script =
    program?.includes('/') && !isShell ? program : isShell ? words.find((word) => !/^[-+]/.test(word ?? '')) : null;
  if (script == null || (cwd === null && !script.startsWith('/')) || (isShell && words.includes('-c'))) return null;
  const path = resolvePath(cwd ?? '/', script);
  const known = installerEffects(memory.get(`fetched:${path}`) ?? '', home, env);
  return known === null ? null : { ...known, effects: [{ kind: 'reads', path, tree: false }, ...known.effects] };
}

type Environment = (name: string) => string | null | undefined;
