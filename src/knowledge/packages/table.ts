import type { PackagePurpose } from '../package.ts';

/** The packages of a distribution, as far as what they serve is proven. */
export interface PackageTable {
  /** Documentation of the package index. */
  readonly docs: string;
  /** Compilers, build tools, headers that are read by compilers alone. */
  readonly build: RegExp;
  /** Those of `build` that compile. */
  readonly compilers: RegExp;
  /** How development packages are called. */
  readonly headers: RegExp;
  /** What the distribution's own index says of a development package that `libraries` does not have. */
  readonly development?: (release: string, name: string) => readonly string[] | null;
  /** Whether that index has such a development package in any release. */
  readonly lists?: (name: string) => boolean;
  /** What any other package is for. */
  readonly purpose: (name: string) => PackagePurpose | null;
  /** Development packages with the run-time packages of a release; null where the release's are not known. */
  readonly libraries: Readonly<Record<string, (release: string) => readonly string[] | null>>;
  /** Toolkits of which a smaller package of the same version runs what they made: the pattern and its name. */
  readonly kits: readonly (readonly [RegExp, string])[];
  /** Run-time libraries that compiled programs need of a compiler's package. */
  readonly companions: readonly (readonly [RegExp, readonly string[]])[];
}

/** Purposes by a pattern of names, the first that fits. */
export type PurposeRules = readonly (readonly [RegExp, PackagePurpose])[];

/** Purposes of names that no rule has: the purpose and its names. */
export type PurposeWords = readonly (readonly [PackagePurpose, string])[];

/**
 * What a package is for: by the distribution's rules for names, by its own list, or by what Debian says of the package
 * of that name, for distributions call an upstream project by the same name.
 */
export function purposeBy(
  rules: PurposeRules,
  words: PurposeWords,
  elsewhere: (name: string) => PackagePurpose | null,
): (name: string) => PackagePurpose | null {
  let listed: ReadonlyMap<string, PackagePurpose> | null = null;
  return (name) => {
    listed ??= new Map(
      words.flatMap(([purpose, names]) => names.split(' ').map((one): [string, PackagePurpose] => [one, purpose])),
    );
    return rules.find(([pattern]) => pattern.test(name))?.[1] ?? listed.get(name) ?? elsewhere(name);
  };
}

/**
 * A package that nobody knows serves what the one serves whose name begins its own: distributions that split what they build
 * call the parts so: https://wiki.alpinelinux.org/wiki/APKBUILD_Reference#subpackages, https://github.com/openela-main
 */
export const ofSource =
  (purpose: (name: string) => PackagePurpose | null) =>
  (name: string): PackagePurpose | null => {
    for (let part = name; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('-')))) {
      const found = purpose(part);
      if (found !== null) return found;
    }
    return null;
  };

/** The same packages in every release. */
export const always =
  (...names: string[]) =>
  (): readonly string[] =>
    names;

/** Packages by release: `bookworm trixie: a b`; other releases are not known. */
export function byRelease(...rows: readonly string[]): (release: string) => readonly string[] | null {
  return (release) => {
    for (const row of rows) {
      const [releases, names] = row.split(':') as [string, string];
      if (releases.trim().split(' ').includes(release))
        return names
          .trim()
          .split(/\s+/)
          .filter((name) => name !== '');
    }
    return null;
  };
}
