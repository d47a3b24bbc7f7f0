import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isWithin } from '../syntax/paths.ts';
import type { CommandFacts } from './shell-world.ts';
import type { Understanding } from './understand.ts';
import { shown } from './unknowns.ts';

/** A system change that the container needs and that cannot run again in its stage. */
export interface Tangle {
  readonly command: CommandFacts;
  /** One of the reasons of DF310. */
  readonly why: 'compound' | 'folder' | 'index' | 'input' | 'script';
  /** What it reads, for `input`. */
  readonly what?: string;
}

/** Each system change that stands in the way of a split. */
export const tangleDiagnostics = (tangled: readonly Tangle[], { document }: Understanding): Diagnostic[] =>
  tangled.map(({ command, why, what = '' }) => ({
    code: 'DF310',
    span: command.span,
    args: { command: shown(command, document.text), why, what },
  }));

/** What a command means of a folder that it needs: the file that it takes from there, else the folder itself. */
export function namedIn(folder: string, { effects }: CommandFacts): string {
  const taken = effects.flatMap((effect) =>
    effect.kind === 'copies' || effect.kind === 'moves' ? [effect.from] : effect.kind === 'reads' ? [effect.path] : [],
  );
  return taken.find((path) => isWithin(path, folder)) ?? folder;
}
