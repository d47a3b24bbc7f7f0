import { join } from 'node:path';
import { type Container, makeContainer } from './container.ts';
import type { Engine } from './engine.ts';
import { streamNamedOutput, streamProgram } from './process.ts';
import { type ReadOptions, type ReadTree, readTree } from './read-image.ts';
import type { Session } from './session.ts';

type Take = (stream: AsyncIterable<Uint8Array>) => Promise<void>;

/** The file system of an image, listed from a container that is made and never started. */
export async function readContainer(
  engine: Engine,
  image: string,
  options: ReadOptions,
  session: Session,
): Promise<ReadTree> {
  // An image without a command gets one that is never run.
  const container = await makeContainer(engine, image, ['true'], [], session);
  if (typeof container === 'string') throw new Error(`${engine.name}: no container of ${image}: ${container}`);
  try {
    let read: ReadTree | null = null;
    await exportContainer(engine, container, session, async (stream) => {
      read = await readTree(stream, options);
    });
    if (read === null) throw new Error(`${engine.name} export of ${image} gave nothing`);
    return read;
  } finally {
    await container.remove();
  }
}

/** Prints the file system of the mounted container `$0` as a tar stream, with the attributes that the kernel heeds. */
const TAR =
  'exec tar --create --format=pax --numeric-owner --xattrs --xattrs-include=security.capability --directory "$(buildah mount "$0")" .';

async function exportContainer(engine: Engine, { id }: Container, session: Session, take: Take): Promise<void> {
  const { name } = engine;
  if (name === 'docker') return streamProgram(name, ['export', id], session.signal, take);
  if (name === 'podman') {
    const pipe = join(session.folder, `${id}.tar`);
    return streamNamedOutput(name, (file) => ['export', '--output', file, id], pipe, session.signal, take);
  }
  // Who is not root sees the mount in the name space of their storage alone.
  const [program, ...before] = process.getuid?.() === 0 ? ['sh'] : ['buildah', 'unshare', 'sh'];
  return streamProgram(program as string, [...before, '-c', TAR, id], session.signal, take);
}
