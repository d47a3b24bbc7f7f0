import { isWithin, parentFolder } from '../syntax/paths.ts';
import { isOfTheEngine } from './belongings.ts';
import { bytes } from './bytes.ts';
import { type Finding, finding } from './finding.ts';
import { type Origins, packageReasons, pathReason } from './hints.ts';
import type { Image, Tree } from './image.ts';
import { installedPackages } from './installed.ts';
import { ownPlace } from './lookup.ts';

/** The two images in numbers. */
export interface Sizes {
  readonly before: ImageSize;
  readonly after: ImageSize;
  /** Where the rest still is, largest first. */
  readonly rest: readonly Rest[];
}

export interface ImageSize {
  readonly bytes: number;
  readonly compressed: number;
  readonly layers: number;
}

/** A folder or a package of the new image. */
export interface Rest {
  readonly name: string;
  readonly bytes: number;
  /** The knowledge that keeps it, or what would free it. */
  readonly hint: string | null;
}

const MOST = 8;

/** Two images in numbers; `origins` tells why the rest is there, null where nobody decided it. */
export function sizesOf(before: Image, after: Image, origins: Origins | null): Sizes {
  const numbers = ({ size, compressed, layers }: Image): ImageSize => ({ bytes: size, compressed, layers });
  return { before: numbers(before), after: numbers(after), rest: restOf(after.tree, origins) };
}

/** A split that saves nothing is still right; whoever reads the report should know. */
export function compareSizes({ size: before }: Image, { size: after }: Image): Finding[] {
  return after < before ? [] : [finding('size', 'DF651', {}, bytes(before), bytes(after))];
}

/** Packages by what their files weigh; files of no package by the folder that holds most of them. */
function restOf(tree: Tree, origins: Origins | null): Rest[] {
  const owners = new Map<string, string>();
  const installed = installedPackages(tree);
  for (const { name, files } of installed.values()) for (const file of files) owners.set(ownPlace(tree, file), name);
  const packages = new Map<string, number>();
  const loose = new Map<string, number>();
  for (const [path, { type, size }] of tree) {
    if (type !== 'file' || isOfTheEngine(path)) continue;
    const owner = owners.get(path);
    if (owner !== undefined) packages.set(owner, (packages.get(owner) ?? 0) + size);
    else for (let at = path; at !== '/'; at = parentFolder(at)) loose.set(at, (loose.get(at) ?? 0) + size);
  }
  const reasons = origins === null ? new Map<string, string>() : packageReasons(installed, origins);
  const all: Rest[] = [
    ...[...packages].map(([name, bytes]) => ({
      name: `package ${name}`,
      bytes,
      hint: reasons.get(name) ?? origins?.image ?? null,
    })),
    ...deepest(loose).map(([name, bytes]) => ({
      name,
      bytes,
      hint: origins === null ? null : pathReason(name, origins, owners.get(name) ?? null),
    })),
  ];
  return all.sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1)).slice(0, MOST);
}

/** Folders that no single folder or file inside them makes up, so that no byte counts twice. */
function deepest(loose: ReadonlyMap<string, number>): [string, number][] {
  const chosen: [string, number][] = [];
  const largest = [...loose].sort((a, b) => b[1] - a[1] || b[0].length - a[0].length);
  for (const [path, bytes] of largest) {
    if (chosen.length >= MOST * 2) break;
    if (chosen.some(([other]) => isWithin(path, other) || isWithin(other, path))) continue;
    const isDominated = largest.some(([other, size]) => other !== path && isWithin(other, path) && size > bytes * 0.7);
    if (!isDominated || path.split('/').length > 6) chosen.push([path, bytes]);
  }
  return chosen;
}
