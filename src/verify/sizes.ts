import { isWithin, parentFolder } from '../syntax/paths.ts';
import { isOfTheEngine } from './belongings.ts';
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
  /** What would free it. */
  readonly hint: string | null;
}

const MOST = 8;

export function sizesOf(before: Image, after: Image): Sizes {
  const numbers = ({ size, compressed, layers }: Image): ImageSize => ({ bytes: size, compressed, layers });
  return { before: numbers(before), after: numbers(after), rest: restOf(after.tree) };
}

/** Packages by what their files weigh; files of no package by the folder that holds most of them. */
function restOf(tree: Tree): Rest[] {
  const owners = new Map<string, string>();
  for (const { name, files } of installedPackages(tree).values())
    for (const file of files) owners.set(ownPlace(tree, file), name);
  const packages = new Map<string, number>();
  const loose = new Map<string, number>();
  for (const [path, { type, size }] of tree) {
    if (type !== 'file' || isOfTheEngine(path)) continue;
    const owner = owners.get(path);
    if (owner !== undefined) packages.set(owner, (packages.get(owner) ?? 0) + size);
    else for (let at = path; at !== '/'; at = parentFolder(at)) loose.set(at, (loose.get(at) ?? 0) + size);
  }
  const all = [
    ...[...packages].map(([name, bytes]) => ({ name: `package ${name}`, bytes })),
    ...deepest(loose).map(([name, bytes]) => ({ name, bytes })),
  ];
  return all
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map((one) => ({ ...one, hint: hintFor(one.name, one.bytes) }));
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

interface Hint {
  readonly matches: RegExp;
  readonly says: string;
}

/** What usually weighs without serving a container, and where dfsplit would learn that it may go. */
const HINTS: readonly Hint[] = [
  {
    matches: /^\/usr(\/local)?\/share\/(doc|man|locale|info)(\/|$)/,
    says: 'documentation: a slim image goes without it',
  },
  { matches: /^\/var\/lib\/apt\/lists(\/|$)/, says: 'package lists: end the install with rm -rf /var/lib/apt/lists/*' },
  { matches: /^\/var\/cache\//, says: 'a cache: clear it in the RUN that fills it, or mount one' },
  {
    matches: /\/\.(npm|cache|m2|gradle|cargo|yarn|bundle)(\/|$)/,
    says: 'a cache of a package manager: mount one with RUN --mount=type=cache',
  },
  {
    matches: /\/node_modules(\/|$)/,
    says: 'npm ci --omit=dev, or npm prune --omit=dev behind the build, drops what only builds (ecosystems/node)',
  },
  { matches: /\/\.git(\/|$)/, says: 'the repository itself: name .git in .dockerignore' },
  {
    matches: /\/target(\/|$)/,
    says: 'results of the build: copy only the program out of it (ecosystems/rust, ecosystems/java)',
  },
  {
    matches: /(site|dist)-packages(\/|$)/,
    says: 'install only what runs, in a requirements file of its own (ecosystems/python)',
  },
  {
    matches: /^package (gcc|g\+\+|cpp|binutils|make|cmake|libc6-dev|.*-dev|clang.*|llvm.*)(-|$)/,
    says: 'a compiler or development files: what needs it is told by dfsplit explain (packages/debian)',
  },
  {
    matches: /^package (perl|python3\.?\d*|.*-doc)(-modules.*)?$/,
    says: 'came as a dependency: --no-install-recommends may leave it out',
  },
];

const WORTH_A_HINT = 1_000_000;

const hintFor = (name: string, bytes: number): string | null =>
  bytes < WORTH_A_HINT ? null : (HINTS.find(({ matches }) => matches.test(name))?.says ?? null);
