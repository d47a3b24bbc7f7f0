/** The C library an image's programs are linked with. */
export type Libc = 'glibc' | 'musl';

/** A family of distributions that share package names. */
export type Distribution = 'debian' | 'ubuntu' | 'alpine' | 'redhat' | 'wolfi';

/** What is known of an image that a FROM names. */
export interface ImageFacts {
  /** `golang`, `node`, `debian` …: the file of the family under knowledge/images. */
  readonly family: string;
  /** The distribution underneath; null for distroless-like images without package manager. */
  readonly distribution: Distribution | null;
  /** `bookworm`, `jammy`, `3.18`; null where the tag does not say and the table does not know. */
  readonly release: string | null;
  readonly libc: Libc | null;
  /** `debian:*-slim` or built on it; alpine counts as slim. */
  readonly slim: boolean;
  /** Configuration the image brings along. PATH is in `env`. Values as of the tag. */
  readonly env: Readonly<Record<string, string>>;
  /** Variables among them that programs go by: the runtime stage states them where its image has another value. */
  readonly programVariables?: readonly string[];
  /** Variables that it sets to a version, a digest or an address: what they say changes with every tag and is not known. */
  readonly versionVariables?: readonly string[];
  readonly workdir: string;
  readonly user: string;
  readonly entrypoint: readonly string[] | null;
  readonly cmd: readonly string[] | null;
  readonly volumes: readonly string[];
  readonly exposes: readonly string[];
  readonly stopSignal: string | null;
  /** Programs on its PATH beyond the distribution's essential ones: `git`, `curl`, `gcc`, `go` … */
  readonly programs: readonly string[];
  /** Packages that it brings beyond the distribution's own, as far as programs of the language need them. */
  readonly packages?: readonly string[];
  /** It has a shell at /bin/sh. */
  readonly shell: boolean;
  /** Accounts by name beyond root and the distribution's: `node`, `www-data`. */
  readonly accounts: readonly string[];
  /** The names of accounts by their numbers, which USER may go by: `{ 1000: 'node' }`. */
  readonly accountNumbers?: Readonly<Record<string, string>>;
  /** Groups that packages of its own have made, by their numbers: whoever makes a group behind them gets the next one. */
  readonly groupNumbers?: Readonly<Record<string, string>>;
  readonly hasCertificates: boolean;
  readonly hasTimeZones: boolean;
  /** It has the list of media types, /etc/mime.types. */
  readonly hasMimeTypes?: boolean;
  /** It has the lists of services and protocols, /etc/services and /etc/protocols. */
  readonly hasServices?: boolean;
  /** The package of the library for windows that a module of the language's own library needs, where it has it. */
  readonly toolkit?: string;
  /** Where the language's own toolchain and caches lie, never read by a compiled program: `/usr/local/go`, `/go/pkg`. */
  readonly toolchainTrees: readonly string[];
  /** Set for an image whose purpose is building: the smaller image of the ladder has no toolchain. */
  readonly toolchain: boolean;
  /** A program of this language needs the language's own image at run time: `node`, `python`; null for compiled languages. */
  readonly interpreter: string | null;
  /** A virtual environment that is first on its PATH, with what the image's own Python installs: `/opt/app-root`. */
  readonly environment?: string;
  /** Folders that the image made besides those of the distribution, with an owner and a mode of their own. */
  readonly folders?: readonly string[];
  /** Its symbolic links to folders, by path: what is put into such a folder lies where the link leads. */
  readonly links?: Readonly<Record<string, string>>;
  /** Folders with libraries newer than the release's own, which a program linked here needs: gcc's /usr/local/lib64. */
  readonly ownLibraries?: readonly string[];
  /** Documentation of the family. */
  readonly source: string;
}

/** A rung of the ladder: an image proven to exist, of the same C library and not an older release. */
export interface RuntimeCandidate {
  /** As it is written behind FROM. */
  readonly image: string;
  readonly rung:
    | 'scratch'
    | 'distroless-static'
    | 'distroless-base'
    | 'distroless-cc'
    | 'slim'
    | 'language-slim'
    | 'same';
  readonly facts: ImageFacts;
  /** Packages of the distribution that the larger image has for the sake of programs and this one leaves out. */
  readonly packages?: readonly string[];
  /** What it lacks that a program may use when it runs: taking it is an assumption. */
  readonly leaves?: string;
  /** Why the tag exists and fits: a sentence naming the table row or documentation. */
  readonly proof: string;
}
