import { tagTables } from './tags/index.ts';

/** What the table of official tags says of one tag. */
export interface TagInfo {
  /** The release it stands for, or stood for last: `bookworm`, `alpine3.18`, `jammy`; null where nobody recorded it. */
  readonly release: string | null;
  /** The tag is still being rebuilt. */
  readonly current: boolean;
  /** The month it was last seen supported, `2025-02`. */
  readonly last: string;
}

/**
 * `image` is the bare name of an official image, `golang`. Only the one line of the tag is decoded, so that a look-up
 * costs a string search. The form of the data is described in src/dev/generate-tags.ts.
 */
export function tagInfo(image: string, tag: string): TagInfo | null {
  const table = Object.hasOwn(tagTables, image) ? (tagTables[image] ?? null) : null;
  if (table === null || !/^\w[\w.-]{0,127}$/.test(tag)) return null;
  const cut = tag.indexOf('-') < 0 ? tag.length : tag.indexOf('-');
  const start = table.indexOf(`;${tag.slice(0, cut)}=`);
  if (start < 0) return null;
  const codes = table.slice(start + cut + 2, table.indexOf(';', start + 1)).split(',');
  const { releases, shapes } = headOf(table);
  for (const code of codes) {
    const [shape = '', release = '', seen = ''] = code.split('.');
    if (!shapes[Number.parseInt(shape, 36)]?.includes(`/${tag.slice(cut)}/`)) continue;
    const months = Number.parseInt(seen, 36);
    return {
      release: releases[Number.parseInt(release, 36)] || null,
      current: seen.endsWith('!'),
      last: `${2013 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`,
    };
  }
  return null;
}

interface Head {
  readonly releases: readonly string[];
  readonly shapes: readonly string[];
}

const heads = new Map<string, Head>();

/** The lists at the start of a table, which its lines count into. */
function headOf(table: string): Head {
  const known = heads.get(table);
  if (known !== undefined) return known;
  const [releases = '', shapes = ''] = table.split('|', 2);
  const head = { releases: releases.split(' '), shapes: shapes.split(' ') };
  heads.set(table, head);
  return head;
}

/** Whether the table has the image at all: of another image, a missing tag says nothing. */
export function isTabled(image: string): boolean {
  return Object.hasOwn(tagTables, image);
}
