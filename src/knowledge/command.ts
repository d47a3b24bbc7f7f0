import type { Distribution } from './image.ts';

/** What a command does to the image. Paths may be relative to the folder it runs in. */
export type Effect =
  /** `text`: what the file holds, where it is known. */
  | {
      readonly kind: 'writes';
      readonly path: string;
      readonly tree: boolean;
      readonly text?: string;
      /** All that an archive holds comes to lie in the folder, under its own names. */
      readonly unpacks?: true;
      /** What matches this pattern is put there: `/src/*.sh`. */
      readonly from?: string;
      /** These programs alone read it when they run. */
      readonly programs?: readonly string[];
    }
  | { readonly kind: 'reads'; readonly path: string; readonly tree: boolean }
  | { readonly kind: 'deletes'; readonly path: string }
  /** Some of what lies below the folder may be gone; with `names`, only what matches one of these patterns. */
  | { readonly kind: 'thins'; readonly path: string; readonly names: readonly string[] | null }
  | { readonly kind: 'moves'; readonly from: string; readonly to: string }
  | {
      readonly kind: 'copies';
      readonly from: string;
      readonly to: string;
      /** `cp -a`: the copy is its owner's as well. */
      readonly keepsOwner?: boolean;
    }
  | { readonly kind: 'links'; readonly target: string; readonly path: string }
  | {
      readonly kind: 'owns';
      readonly path: string;
      readonly owner: string | null;
      readonly mode: string | null;
      readonly recursive: boolean;
      /** What lies in the folder is meant, not the folder itself. */
      readonly inside?: boolean;
    }
  | { readonly kind: 'makes-folder'; readonly path: string }
  /** `draws`: a group gets the next free number of those that the system gives out from 100 on. */
  | { readonly kind: 'accounts'; readonly draws?: boolean }
  | { readonly kind: 'installs'; readonly manager: PackageManager; readonly packages: readonly PackageWord[] }
  /** `orphans`: what was installed for them alone goes along. */
  | {
      readonly kind: 'removes-packages';
      readonly manager: PackageManager;
      readonly packages: readonly string[];
      readonly orphans: boolean;
    }
  | { readonly kind: 'updates-index'; readonly manager: PackageManager }
  | { readonly kind: 'cleans-cache' }
  | { readonly kind: 'network' }
  | { readonly kind: 'prints' }
  /** Has to be done where the container runs: a registry of the system is rewritten, from what lies in `reads`. */
  /**
   * `foreign`: what it needs of the system nobody knows, so that only the image it was written for will do. `of`: the
   * program of a package without which it fails.
   */
  | {
      readonly kind: 'runtime-state';
      readonly what: string;
      readonly reads?: readonly string[];
      readonly foreign?: boolean;
      readonly of?: string;
    }
  | { readonly kind: 'needs'; readonly program: string }
  /** `outside`: what it writes does not lie in the folder it runs in. */
  | { readonly kind: 'unknown'; readonly why: string; readonly outside?: boolean };

export type PackageManager = 'apt' | 'apk' | 'yum';

/** A package of an install command; `word` is its index in argv. */
export interface PackageWord {
  readonly name: string;
  readonly word: number;
  readonly version: string | null;
}

/** A call as the knowledge sees it: null is a value that is not known. */
export interface CommandContext {
  readonly argv: readonly (string | null)[];
  /** Beside `argv`: a single word of which a part is not known, with `OPEN` for that part. */
  readonly outlines?: readonly (string | null)[];
  readonly cwd: string | null;
  readonly home: string | null;
  readonly user: string | null;
  readonly distribution: Distribution | null;
  /** The shell that reads the call expands `{a,b}`; null where that is not known. */
  readonly braces: boolean | null;
  /** The file that `>` or `>>` writes. */
  readonly redirectTo: string | null;
  /** The command line whose output is piped in; null where there is none. */
  readonly stdin: string | null;
}

/** What is known of a command. */
export interface CommandEntry {
  /** `commands/files#cp` */
  readonly entry: string;
  readonly names: readonly string[];
  readonly read: (call: CommandContext) => readonly Effect[];
}

/** Flags of a call apart from its operands; `valueFlags` take the next word. Short flags may stand together. */
export function operandsOf(
  argv: readonly (string | null)[],
  valueFlags: readonly string[] = [],
): {
  readonly flags: ReadonlyMap<string, string | null>;
  readonly operands: readonly (string | null)[];
  readonly unknown: boolean;
} {
  const flags = new Map<string, string | null>();
  const operands: (string | null)[] = [];
  let plain = false;
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string | null;
    if (plain || word === null || !/^-./.test(word)) operands.push(word);
    else if (word === '--') plain = true;
    else if (word.startsWith('--') && word.includes('='))
      flags.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
    else if (valueFlags.includes(word)) flags.set(word, argv[++i] ?? null);
    else {
      flags.set(word, '');
      if (/^-[A-Za-z]{2,}$/.test(word)) for (const letter of word.slice(1)) flags.set(`-${letter}`, '');
      const last = `-${word.at(-1)}`;
      if (/^-[A-Za-z]{2,}$/.test(word) && valueFlags.includes(last)) flags.set(last, argv[++i] ?? null);
    }
  }
  return { flags, operands, unknown: operands.includes(null) };
}

export const unknownArguments: readonly Effect[] = [{ kind: 'unknown', why: 'an argument of it is not known' }];
