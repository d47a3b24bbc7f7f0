import { withoutComments } from '../../syntax/comments.ts';
import { resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';

type Names = Readonly<Record<string, unknown>>;

/** What is read of a package.json: https://docs.npmjs.com/cli/configuring-npm/package-json */
export interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly scripts?: Names;
  readonly dependencies?: Names;
  readonly devDependencies?: Names;
  readonly optionalDependencies?: Names;
  readonly peerDependencies?: Names;
  readonly workspaces?: unknown;
  /** `yarn@4.1.0`: the release that Corepack runs. */
  readonly packageManager?: unknown;
}

/** JSON with comments and commas before a closing bracket, as tsconfig.json may have them; null where it is none. */
export function readJson(text: string | null): Names | null {
  if (text === null) return null;
  const plain = withoutComments(text.replace(/^\uFEFF/, ''), { quotes: '"' }).replace(
    /("(?:[^"\\\n]|\\.)*"?)|,(?=\s*[}\]])/g,
    (_, string: string | undefined) => string ?? '',
  );
  try {
    const value: unknown = JSON.parse(plain);
    return typeof value === 'object' && value !== null ? (value as Names) : null;
  } catch {
    return null;
  }
}

/** The package.json of a folder; null where it is not there or cannot be read. */
export function readManifest(folder: string, files: ImageFiles): Manifest | null {
  return readJson(files.read(resolvePath(folder, 'package.json')));
}

/** Packages that the manifest names for use at run time and for development. */
export function dependencyNames(manifest: Manifest | null): readonly string[] {
  const { dependencies = {}, optionalDependencies = {}, devDependencies = {} } = manifest ?? {};
  return [...new Set([dependencies, optionalDependencies, devDependencies].flatMap((names) => Object.keys(names)))];
}

/** The version that a range starts with, `^19.2.0` as 19; null where it names none. */
export function majorOf(range: unknown): number | null {
  const found = typeof range === 'string' ? /^(?:npm:|[\^~>=v\s])*(\d+)/.exec(range) : null;
  return found === null ? null : Number(found[1]);
}
