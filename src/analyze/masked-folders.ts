import type { Effect } from '../knowledge/command.ts';
import type { Scope } from './shell-world.ts';

/** The mode of folders that are made under a `umask` other than the usual 022. */
export function maskedFolders(effects: readonly Effect[], { umask }: Scope): Effect[] {
  if (umask === null || /^0?022$/.test(umask)) return [];
  const mode = (0o777 & ~Number.parseInt(umask, 8)).toString(8).padStart(3, '0');
  return effects.flatMap((effect) =>
    effect.kind === 'makes-folder' && !effects.some((other) => other.kind === 'owns' && other.path === effect.path)
      ? [{ kind: 'owns', path: effect.path, owner: null, mode, recursive: false } as const]
      : [],
  );
}
