import type { Effect } from './command.ts';
import type { BuildEffect } from './ecosystem.ts';
import type { ImageFacts } from './image.ts';
import type { PackageRole } from './package.ts';

/** What a caller knows of images, commands and packages of their own, beside what dfsplit knows. */
export interface OwnKnowledge {
  readonly images: readonly OwnImage[];
  readonly commands: readonly OwnCommand[];
  readonly packages: readonly OwnPackage[];
  /** Where the images of a registry are taken from: `docker.io` → `registry.example.com/hub`. */
  readonly mirrors: Readonly<Record<string, string>>;
}

/** An in-house image: what it is like, and in which facts it differs. */
export interface OwnImage {
  /** `registry.example.com/base/go:1.25`; a `*` stands for any tag. */
  readonly image: string;
  /** An image that dfsplit knows, whose facts it has; `{tag}` is what the `*` stands for. */
  readonly like?: string | undefined;
  /** Facts that it states itself. */
  readonly facts: Partial<ImageFacts>;
  /** Images, smallest first, that run what is built on it. */
  readonly smaller: readonly string[];
}

/** An effect as a configuration states it: `{cwd}`, `{home}`, `{--out}` and `{1}` are filled from the call. */
export type OwnEffect = Exclude<
  BuildEffect,
  { readonly kind: 'among-own' | 'compiles' | 'assumes' | 'runs' } | OtherEffect
>;
type OtherEffect = Exclude<Effect, { readonly kind: 'writes' | 'makes-folder' | 'prints' | 'network' }>;

/** A tool or script of the caller's own. */
export interface OwnCommand {
  /** `acme-build`, or the path of a script as it is called: `./ci/build.sh`. */
  readonly command: string;
  /** The first operand has to be one of these; left out: any call. */
  readonly subcommands?: readonly string[] | undefined;
  /** Flags whose value is the next word. */
  readonly valueFlags: readonly string[];
  readonly says: string;
  readonly effects: readonly OwnEffect[];
}

/** A distribution package of the caller's own. */
export interface OwnPackage {
  readonly package: string;
  readonly role: PackageRole;
  /** For a development library: the packages that stand for it where the container runs. */
  readonly runtime?: readonly string[] | undefined;
}

/** Where an entry of the caller's own comes from, as evidence names it. */
export const ownEntry = (kind: 'images' | 'commands' | 'packages', name: string): string => `config/${kind}#${name}`;

/** True for evidence that the caller's own configuration gives. */
export const isOwnEntry = (entry: string): boolean => entry.startsWith('config/');
