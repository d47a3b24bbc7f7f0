import { setTimeout } from 'node:timers/promises';
import type { CommandResult } from '../../verify/behaviour.ts';
import type { ImageConfig } from '../../verify/image.ts';
import type { Ended } from './process.ts';

/** How a container is watched. */
export interface Watch {
  readonly image: string;
  readonly config: ImageConfig;
  readonly seconds: number;
  readonly network: string | null;
  /** The words of `--command`, and whether both images have the program that they start. */
  readonly command: { readonly argv: readonly string[]; readonly inside: boolean } | null;
  /** An image with tools: it looks at the ports, and runs a command that the container itself cannot. */
  readonly helper: string;
}

export const POLL = 150;

/** The health check as a command; null where there is none. */
export function testOf({ healthcheck, shell }: ImageConfig): readonly string[] | null {
  const [kind, ...rest] = healthcheck?.test ?? [];
  if (kind === 'CMD') return rest;
  return kind === 'CMD-SHELL' ? [...(shell ?? ['/bin/sh', '-c']), rest[0] ?? ''] : null;
}

/** A program needs its time to answer: what fails is tried again until the time is over or the container ends. */
export async function retriedUntil(
  attempt: () => Promise<Ended>,
  until: number,
  isRunning: () => Promise<boolean>,
): Promise<CommandResult> {
  for (;;) {
    const { exitCode, output } = await attempt();
    const over = exitCode === 0 || Date.now() >= until || !(await isRunning());
    if (over) return { exitCode: exitCode ?? -1, output };
    await setTimeout(POLL);
  }
}
