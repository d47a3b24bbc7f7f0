import type { BuildEffect } from '../knowledge/ecosystem.ts';
import { statedHome } from './homes.ts';

/** Keeps what later commands of the stage ask for: the homes of accounts, and which packages were installed. */
export function remember(
  argv: readonly (string | null)[],
  effects: readonly BuildEffect[],
  memory: Map<string, string>,
): void {
  for (const effect of effects) {
    // The name of the account is one of the words: which one depends on the tool and its flags.
    if (effect.kind === 'accounts')
      for (const home of statedHome({ argv })) for (const word of argv) memory.set(`home:${word}`, home);
    if (effect.kind === 'installs') for (const { name } of effect.packages) memory.set(`installed:${name}`, name);
  }
}
