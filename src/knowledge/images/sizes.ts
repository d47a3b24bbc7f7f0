import { table } from '../table.ts';
import { readReference } from './reference.ts';

/**
 * Bytes that fetching an official image for linux/amd64 takes, compressed, as https://github.com/docker-library/repo-info
 * (`repos/NAME/remote/TAG.md`, “Total Size”) had them in the month beside each. A tag is rebuilt every few weeks and its size
 * moves by a few per cent: good for the sum over a fleet, not for one image. Of a tag that is not here no size is known.
 */
const SIZES = table<readonly [bytes: number, month: string]>({
  'debian:trixie-slim': [29_780_765, '2026-08'],
  'golang:1.25': [305_264_123, '2026-07'],
  'golang:1.25-trixie': [305_264_123, '2026-07'],
  'node:22': [408_499_334, '2026-09'],
  'node:22-slim': [79_893_445, '2026-09'],
  'python:3.12': [410_908_459, '2026-08'],
  'python:3.12-slim': [43_188_023, '2026-08'],
});

/** The compressed size of an image; null where none is known. */
export function transferSize(reference: string): number | null {
  if (reference === 'scratch') return 0;
  const read = readReference(reference);
  if (read === null || !read.official || read.architecture || read.digest !== null) return null;
  return SIZES[`${read.name}:${read.tag ?? 'latest'}`]?.[0] ?? null;
}
