import type { Engine } from './engine.ts';
import { LABEL, type Session } from './session.ts';

/** A container that this session made. */
export interface Container {
  readonly id: string;
  readonly remove: () => Promise<unknown>;
}

/** Makes a container and does not start it; the engine's words where it makes none. */
export async function makeContainer(
  engine: Engine,
  image: string,
  command: readonly string[],
  options: readonly string[],
  session: Session,
): Promise<Container | string> {
  if (engine.name === 'buildah') return makeWorkingContainer(engine, image, session);
  const label = ['--label', `${LABEL}=${session.id}`];
  const made = await engine.call(['create', ...options, ...label, image, ...command], 60);
  if (made.exitCode !== 0) return made.output.trim();
  const id = made.stdout.trim().split('\n').at(-1) ?? '';
  // Podman waits for what it ends.
  const now = engine.name === 'podman' ? ['--time', '0'] : [];
  return removable(id, () => engine.tidy(['rm', '--force', '--volumes', ...now, id], 60), session);
}

/** Removed when it has served, or when the session ends before that. */
function removable(id: string, remove: () => Promise<unknown>, session: Session): Container {
  let removed: Promise<unknown> | null = null;
  const once = (): Promise<unknown> => {
    removed ??= remove();
    return removed;
  };
  session.undo(once);
  return { id, remove: once };
}

/** Buildah's containers have no labels: one that was being made when the session was interrupted is known by its name. */
async function makeWorkingContainer(engine: Engine, image: string, session: Session): Promise<Container | string> {
  const id = `dfsplit-verify-${session.next()}-${session.id}`;
  const container = removable(id, () => engine.tidy(['rm', id], 60), session);
  const made = await engine.call(['from', '--pull=never', '--name', id, image], 60);
  return made.exitCode === 0 ? container : made.output.trim();
}
