/** What a distribution package serves. */
export type PackageRole =
  /** Compilers, build tools, headers only the build reads. */
  | 'build'
  /** A `-dev` package or a kit: `runtime` names what stands for it where the container runs. */
  | 'development-library'
  /** Programs, data, libraries, services that run-time code may use. */
  | 'runtime';

/** What a package is for, as people look for it. */
export type PackagePurpose =
  | 'compiler'
  | 'build tool'
  | 'headers'
  | 'library'
  | 'language'
  | 'tool'
  | 'service'
  | 'data'
  | 'documentation'
  | 'desktop'
  | 'system';

export interface PackageFacts {
  readonly role: PackageRole;
  /** Null of a package that nobody knows. */
  readonly purpose: PackagePurpose | null;
  /** For a development library, the run-time packages of this release; empty for header-only ones. Null: not known for this release. */
  readonly runtime: readonly string[] | null;
  /** Libraries that what a compiler made needs when it runs. */
  readonly companions?: readonly string[];
  /** The knowledge entry: `packages/debian#libpq-dev`. */
  readonly entry: string;
}
