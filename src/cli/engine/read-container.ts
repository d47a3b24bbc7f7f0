import type { Engine } from './engine.ts';
import { streamProgram } from './process.ts';
import { type ReadOptions, type ReadTree, readTree } from './read-image.ts';
import { LABEL, type Session } from './session.ts';

/** The file system of an image, listed from a container that is made and never started. */
export async function readContainer(
  engine: Engine,
  image: string,
  options: ReadOptions,
  session: Session,
): Promise<ReadTree> {
  // An image without a command gets one that is never run.
  const created = await engine.call(['create', '--label', `${LABEL}=${session.id}`, image, 'true'], 60);
  if (created.exitCode !== 0) throw new Error(`${engine.name} create ${image}: ${created.output.trim()}`);
  const id = created.stdout.trim().split('\n').at(-1) ?? '';
  const remove = () => engine.tidy(['rm', '--force', '--volumes', id], 60);
  session.undo(remove);
  try {
    let read: ReadTree | null = null;
    await streamProgram(engine.name, ['export', id], session.signal, async (stream) => {
      read = await readTree(stream, options);
    });
    if (read === null) throw new Error(`${engine.name} export ${id} gave nothing`);
    return read;
  } finally {
    await remove();
  }
}
