/** What the loader reads of a program or library. https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html */
export interface ElfFacts {
  /** Class and machine: libraries of another machine do not count. */
  readonly machine: string;
  /** The program that loads it; null for a library or a static program. */
  readonly interpreter: string | null;
  readonly needed: readonly string[];
  /** DT_RUNPATH, or DT_RPATH where there is none. */
  readonly searchPath: readonly string[];
  readonly name: string | null;
}

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const DT_NULL = 0;
const DT_NEEDED = 1;
const DT_STRTAB = 5;
const DT_SONAME = 14;
const DT_RPATH = 15;
const DT_RUNPATH = 29;
const ET_EXEC = 2;
const ET_DYN = 3;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

export const isElf = (bytes: Uint8Array): boolean =>
  bytes.length > 4 && bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;

/** Reads a program or shared library; null for anything else, object files and damaged ones included. */
export function readElf(bytes: Uint8Array): ElfFacts | null {
  if (!isElf(bytes)) return null;
  try {
    return read(bytes);
  } catch (error) {
    // A DataView throws where an offset leads out of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function read(bytes: Uint8Array): ElfFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[4] === 2;
  const little = bytes[5] === 1;
  const u16 = (at: number): number => view.getUint16(at, little);
  const u32 = (at: number): number => view.getUint32(at, little);
  /** An address or offset of the file's class. */
  const word = (at: number): number => (wide ? Number(view.getBigUint64(at, little)) : u32(at));
  const type = u16(16);
  if (type !== ET_EXEC && type !== ET_DYN) return null;
  const machine = `${wide ? 64 : 32}-${u16(18)}`;
  const table = word(wide ? 32 : 28);
  const entrySize = u16(wide ? 54 : 42);
  const count = u16(wide ? 56 : 44);
  const segments: Segment[] = [];
  for (let index = 0; index < count; index++) {
    const at = table + index * entrySize;
    segments.push({
      type: u32(at),
      offset: word(at + (wide ? 8 : 4)),
      address: word(at + (wide ? 16 : 8)),
      size: word(at + (wide ? 32 : 16)),
    });
  }
  const text = (at: number): string => {
    let end = at;
    while (end < bytes.length && bytes[end] !== 0) end++;
    return String.fromCharCode(...bytes.subarray(at, end));
  };
  const interp = segments.find((segment) => segment.type === PT_INTERP);
  const entries: { tag: number; value: number }[] = [];
  const dynamic = segments.find((segment) => segment.type === PT_DYNAMIC);
  const step = wide ? 16 : 8;
  for (let at = dynamic?.offset ?? 0; dynamic !== undefined && at < dynamic.offset + dynamic.size; at += step) {
    const tag = word(at);
    if (tag === DT_NULL) break;
    entries.push({ tag, value: word(at + step / 2) });
  }
  const first = (tag: number): number | null => entries.find((entry) => entry.tag === tag)?.value ?? null;
  const strings = fileOffset(first(DT_STRTAB), segments);
  const named = (value: number | null): string | null =>
    value === null || strings === null ? null : text(strings + value);
  return {
    machine,
    interpreter: interp === undefined ? null : text(interp.offset),
    needed: entries.flatMap(({ tag, value }) => (tag === DT_NEEDED ? [named(value) ?? ''] : [])),
    searchPath: (named(first(DT_RUNPATH) ?? first(DT_RPATH)) ?? '').split(':').filter((folder) => folder !== ''),
    name: named(first(DT_SONAME)),
  };
}

/** Where an address of memory lies in the file. */
function fileOffset(address: number | null, segments: readonly Segment[]): number | null {
  if (address === null) return null;
  const segment = segments.find(
    (one) => one.type === PT_LOAD && one.address <= address && address < one.address + one.size,
  );
  return segment === undefined ? null : address - segment.address + segment.offset;
}
