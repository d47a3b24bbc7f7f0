import type { ElfFacts } from './elf.ts';

/** What an image states about its containers; empty parts are null, so that two images compare by value. */
export interface ImageConfig {
  readonly user: string;
  readonly workdir: string;
  readonly env: ReadonlyMap<string, string>;
  readonly cmd: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  readonly healthcheck: HealthCheck | null;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  readonly stopSignal: string | null;
  readonly shell: readonly string[] | null;
  readonly onBuild: readonly string[];
  readonly author: string | null;
  /** `linux/amd64` */
  readonly platform: string;
}

export interface HealthCheck {
  /** `['CMD', …]`, `['CMD-SHELL', text]` or `['NONE']`. */
  readonly test: readonly string[];
  /** Interval, time limit, start period and retries, as the engine prints them. */
  readonly timing: string;
}

/** One path of a container's file system. */
export interface Entry {
  readonly type: 'file' | 'folder' | 'link' | 'device' | 'pipe';
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
  readonly size: number;
  /** Where a symbolic link leads. */
  readonly target: string | null;
  /** Of a file's content; null where it was not asked for. */
  readonly digest: string | null;
  /** Extended attributes that the kernel heeds: file capabilities. */
  readonly attributes: string | null;
  /** Seconds; told apart from `digest` it shows whether a file is still its base image's. */
  readonly modified: number;
  /** The text of files that are read: accounts, package lists, scripts. */
  readonly text: string | null;
  readonly elf: ElfFacts | null;
}

/** A container's file system by absolute path, the root folder left out. */
export type Tree = ReadonlyMap<string, Entry>;

/** An image as the comparisons see it. */
export interface Image {
  readonly config: ImageConfig;
  readonly tree: Tree;
  /** Bytes, unpacked. */
  readonly size: number;
  /** An estimate of what a registry holds. */
  readonly compressed: number;
  readonly layers: number;
}

/** The image that a stage starts from: what it contributed is told apart from what the author wrote. */
export interface BaseImage {
  readonly name: string;
  readonly config: ImageConfig;
  readonly tree: Tree;
}
