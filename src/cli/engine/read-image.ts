import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { resolvePath } from '../../syntax/paths.ts';
import { type ElfFacts, isElf, readElf } from '../../verify/elf.ts';
import type { Entry, Tree } from '../../verify/image.ts';

/** What of the files is read beyond their names. */
export interface ReadOptions {
  readonly contents: boolean;
  /** Files whose content is compared. */
  readonly digest: (path: string, size: number) => boolean;
}

export interface ReadTree {
  readonly tree: Tree;
  /** What the stream would weigh compressed, told from samples. */
  readonly compressed: number;
}

const TEXTS =
  /^\/(etc\/(passwd|group|os-release|ld\.so\.conf(\.d\/.*)?|ld-musl-\w+\.path)|usr\/lib\/os-release|var\/lib\/dpkg\/(status|status\.d\/.*|info\/.*\.list)|(usr\/)?lib\/apk\/db\/installed)$/;
/** Longer files are no scripts that a container starts with. */
const MOST_TEXT = 1 << 16;
/** Programs of this size are read whole; no loader has ever met a larger one. */
const MOST_PROGRAM = 1 << 29;
const TYPES: Readonly<Record<string, Entry['type']>> = {
  file: 'file',
  link: 'file',
  'contiguous-file': 'file',
  directory: 'folder',
  symlink: 'link',
  'character-device': 'device',
  'block-device': 'device',
  fifo: 'pipe',
};
/** Of every so many bytes so many are compressed; a small image whole. */
const SAMPLE_EVERY = 1 << 20;
const SAMPLE = 1 << 15;
const SMALL = 1 << 22;

/** Reads the tar stream of a container's file system. Nothing is unpacked. */
export async function readTree(stream: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<ReadTree> {
  const tree = new Map<string, Entry>();
  const sampler = samples();
  const tar = extract();
  const source = Readable.from(sampler.through(stream));
  source.on('error', (error) => tar.destroy(error));
  source.pipe(tar);
  for await (const entry of tar) {
    const { header } = entry;
    const path = resolvePath('/', header.name);
    const { elf, text, digest } = await readContent(path, header, entry as AsyncIterable<Uint8Array>, options);
    const type = TYPES[header.type] ?? 'file';
    if (path === '/') continue;
    const linked = header.type === 'link' ? tree.get(`/${header.linkname.replace(/^(\.?\/)+/, '')}`) : undefined;
    tree.set(
      path,
      linked ?? {
        type,
        mode: header.mode & 0o7777,
        owner: header.uid,
        group: header.gid,
        size: type === 'file' ? header.size : 0,
        target: type === 'link' ? header.linkname : null,
        digest,
        attributes: capabilities(header),
        modified: Math.floor(header.mtime.getTime() / 1000),
        text,
        elf,
      },
    );
  }
  return { tree, compressed: sampler.estimate() };
}

/** File capabilities, as the engine writes them into the headers. */
function capabilities({ pax }: Header): string | null {
  const value = (pax as Readonly<Record<string, string>> | null | undefined)?.['SCHILY.xattr.security.capability'];
  return value === undefined ? null : Buffer.from(value, 'latin1').toString('hex');
}

interface Content {
  readonly elf: ElfFacts | null;
  readonly text: string | null;
  readonly digest: string | null;
}

async function readContent(
  path: string,
  { type, size }: Header,
  body: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<Content> {
  const wanted = options.contents && type === 'file';
  const hash = wanted && options.digest(path, size) ? createHash('sha256') : null;
  const kept: Uint8Array[] = [];
  let keep: 'text' | 'elf' | null = null;
  let first = true;
  for await (const chunk of body) {
    if (first && wanted) {
      if (isElf(chunk) && size <= MOST_PROGRAM) keep = 'elf';
      else if (TEXTS.test(path) || (size <= MOST_TEXT && (isScript(chunk) || path.endsWith('.sh')))) keep = 'text';
    }
    first = false;
    hash?.update(chunk);
    if (keep !== null) kept.push(chunk);
  }
  const bytes = keep === null ? null : Buffer.concat(kept);
  return {
    elf: keep === 'elf' && bytes !== null ? readElf(bytes) : null,
    text: keep === 'text' && bytes !== null ? bytes.toString('utf8') : null,
    digest: hash?.digest('hex').slice(0, 16) ?? null,
  };
}

const isScript = (chunk: Uint8Array): boolean => chunk[0] === 0x23 && chunk[1] === 0x21;

interface Sampler {
  readonly through: (stream: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;
  readonly estimate: () => number;
}

/** Compresses a little of everything that passes: near enough for a table, at a fraction of the time. */
function samples(): Sampler {
  let [bytes, sampled, packed, next] = [0, 0, 0, 0];
  return {
    async *through(stream) {
      for await (const chunk of stream) {
        while (next < bytes + chunk.length) {
          const sample = chunk.subarray(next - bytes, next - bytes + SAMPLE);
          sampled += sample.length;
          packed += gzipSync(sample, { level: 6 }).length;
          next += next < SMALL ? sample.length : SAMPLE_EVERY;
        }
        bytes += chunk.length;
        yield chunk;
      }
    },
    estimate: () => (sampled === 0 ? 0 : Math.round((bytes * packed) / sampled)),
  };
}
