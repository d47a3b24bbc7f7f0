import { table } from '../table.ts';
import { readReference } from './reference.ts';

/**
 * Bytes that fetching an official image for linux/amd64 takes, compressed, as https://github.com/docker-library/repo-info
 * (`repos/NAME/remote/TAG.md`, “Total Size”) had them in the month beside each. A tag is rebuilt every few weeks and its size
 * moves by a few per cent: good for the sum over a fleet, not for one image. Names of one image stand side by side; Debian's are one
 * layer each, the first of what is built on them. Of a tag that is not here no size is known.
 */
const SIZES = table<readonly [bytes: number, month: string]>({
  'alpine:3': [3_849_738, '2026-09'],
  'alpine:3.24': [3_849_738, '2026-09'],
  'alpine:latest': [3_849_738, '2026-09'],
  'debian:12': [48_497_091, '2026-08'],
  'debian:12-slim': [28_232_590, '2026-08'],
  'debian:13': [49_337_828, '2026-08'],
  'debian:13-slim': [29_780_765, '2026-08'],
  'debian:bookworm': [48_497_091, '2026-08'],
  'debian:bookworm-slim': [28_232_590, '2026-08'],
  'debian:latest': [49_337_828, '2026-08'],
  'debian:trixie': [49_337_828, '2026-08'],
  'debian:trixie-slim': [29_780_765, '2026-08'],
  'golang:1.25': [305_264_123, '2026-07'],
  'golang:1.25-alpine': [64_384_778, '2026-08'],
  'golang:1.25-trixie': [305_264_123, '2026-07'],
  'golang:1.26': [312_305_560, '2026-07'],
  'golang:1.26-trixie': [312_305_560, '2026-07'],
  'node:22': [408_499_334, '2026-09'],
  'node:22-slim': [79_893_445, '2026-09'],
  'node:24': [408_949_206, '2026-08'],
  'node:24-slim': [80_451_137, '2026-08'],
  'python:3.12': [410_908_459, '2026-08'],
  'python:3.12-slim': [43_188_023, '2026-08'],
  'python:3.13': [412_872_069, '2026-08'],
  'python:3.13-slim': [42_961_458, '2026-08'],
  'rust:1': [592_953_245, '2026-08'],
  'rust:latest': [592_953_245, '2026-08'],
});

/** The compressed size of an image; null where none is known. */
export function transferSize(reference: string): number | null {
  if (reference === 'scratch') return 0;
  const read = readReference(reference);
  if (read === null || !read.official || read.architecture || read.digest !== null) return null;
  return SIZES[`${read.name}:${read.tag ?? 'latest'}`]?.[0] ?? null;
}
