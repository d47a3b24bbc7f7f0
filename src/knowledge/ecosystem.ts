import type { Effect } from './command.ts';
import type { ImageFacts } from './image.ts';

/** The files of the image under construction that came from the build context or a heredoc, by absolute image path. */
export interface ImageFiles {
  /** The text of a file; null where it is not there or cannot be read. Empty files of an unreadable checkout read as ''. */
  read(path: string): string | null;
  /** Names in a folder, folders with a trailing `/`; null where nothing is known of it. */
  list(folder: string): readonly string[] | null;
}

/** What a build tool does, beyond the effects that any command has. Paths are absolute or relative to the call's cwd. */
export type BuildEffect =
  | Effect
  /** A compiled program or library, or a tree of them. `linkage` says what it needs of the C library. */
  | { readonly kind: 'artifact'; readonly path: string; readonly tree: boolean; readonly linkage: Linkage }
  /** One of the programs in a folder is made; which, only the container's own words tell. */
  | { readonly kind: 'program-folder'; readonly path: string; readonly linkage: Linkage }
  /** Programs put among the image's own in a folder: those of these names, and others that nobody knows. */
  | { readonly kind: 'among-own'; readonly path: string; readonly programs: readonly string[] }
  /** Run-time dependencies that a package manager of the language puts in place. */
  | { readonly kind: 'dependencies'; readonly path: string }
  /** What an earlier call made there was made again, complete, somewhere else: only the container's own words keep it. */
  | { readonly kind: 'supersedes'; readonly path: string }
  /** Read by later builds only. */
  | { readonly kind: 'cache' | 'toolchain' | 'intermediate'; readonly path: string }
  /** Writes only below the folder, which the application reads when it runs. */
  | { readonly kind: 'builds-in-place'; readonly folder: string }
  /**
   * Has to be run again where the container runs; `serves`: only where the container names one of these
   * programs; `brings`: only where one of these packages stays.
   */
  | {
      readonly kind: 'restate';
      readonly why: string;
      readonly serves?: readonly string[];
      readonly brings?: readonly string[];
    }
  /** Files that these programs alone read when they run. */
  | { readonly kind: 'program-data'; readonly path: string; readonly programs: readonly string[] }
  /** A folder that its program alone runs from: nothing of `from`, where it was made, is read any more. */
  | { readonly kind: 'portable'; readonly path: string; readonly from: string }
  /** Development dependencies that an install leaves in a folder, and what would drop them; none where they are dropped. */
  | {
      readonly kind: 'development';
      readonly path: string;
      readonly packages: readonly { readonly name: string; readonly programs: readonly string[] }[];
      readonly drop: string;
    }
  /** Uses libraries of the image that nobody names: the container's image has to be the same. */
  | { readonly kind: 'needs-image'; readonly because: string }
  /** Native code that may link any library of the image: an image with fewer is an assumption. */
  | { readonly kind: 'native-code'; readonly what: string }
  /** The split rests on this. */
  | {
      readonly kind: 'assumes';
      readonly code: string;
      readonly args: Readonly<Record<string, string>>;
      /** The tool itself may install packages of the distribution, which no line of the file names. */
      readonly installs?: true;
    }
  /** Only looks or tests. */
  | { readonly kind: 'checks' }
  /**
   * Run-time packages of the distribution that what was made needs. Of Debian and Ubuntu a development package may stand
   * for its library; `alpine` names those of Alpine, where they are not in the install line anyway.
   */
  | {
      readonly kind: 'needs-libraries';
      readonly packages: readonly string[];
      readonly alpine?: readonly string[];
      /** They are opened by name when the program runs: no linker proves that they are installed. */
      readonly opened?: true;
      /** The packages of the compiler bring them: where it leaves, they do. */
      readonly withCompiler?: true;
      readonly because: string;
    }
  /** A dependency that starts a program when it runs. */
  | { readonly kind: 'starts'; readonly program: string }
  /** Runs a shell script in a folder: its commands are read like any others. */
  | { readonly kind: 'runs'; readonly script: string; readonly folder: string }
  /** Sources that are compiled; what an artifact does with files and programs is read from them. */
  | { readonly kind: 'compiles'; readonly folder: string };

/** `static`: no library at all. `libc`: the C library. `cpp`: that of C++ too. `system`: the C library and others. */
export type Linkage = 'static' | 'libc' | 'cpp' | 'system' | 'unknown';

/** A call of a tool, with the state in force. `null` stands for a value that is not known. */
export interface ToolCall {
  /** `argv[0]` is the tool's base name. */
  readonly argv: readonly (string | null)[];
  readonly cwd: string;
  readonly home: string;
  readonly user: string;
  /** undefined: not set. */
  readonly env: (name: string) => string | null | undefined;
  readonly image: ImageFacts | null;
  readonly files: ImageFiles;
  /** What earlier calls left for later ones: a configured prefix, a virtual environment; `stdin`: what is piped in. */
  readonly memory: Map<string, string>;
}

/** A rule: what one form of a tool does. */
export interface ToolRule {
  /** Behind the `#` of the entry: `build`. */
  readonly id: string;
  readonly tools: readonly string[];
  /** The first operand has to be one of these; null: any call. */
  readonly subcommands: readonly string[] | null;
  /** Flags whose value is the next word. */
  readonly valueFlags?: readonly string[];
  /** Flags, and variables of a call, that may have a value nobody knows: it changes nothing of where the tool writes. */
  readonly openFlags?: RegExp;
  /** What a person reads: `compiles the program`. */
  readonly says: string;
  /** A call that it reads, as a person writes it. */
  readonly example: string;
  /** null: this call is none of the ecosystem's business. */
  readonly read: (call: ToolCall, words: ParsedWords) => readonly BuildEffect[] | null;
}

/** What the program made from sources does when it runs, as far as they tell; null fields: they do not. */
export interface ProgramTraits {
  /** Files opened relative to the working directory, with where that is seen. */
  readonly readsFiles: boolean;
  /** Programs it starts; '*' where a name is not a constant. */
  readonly runs: readonly string[];
  /** Words of the sources that may be names of programs, where `runs` has a '*'. */
  readonly mayRun: readonly string[];
  readonly timeZones: boolean;
  readonly certificates: boolean;
  readonly users: boolean;
  /** Development packages of the libraries whose headers its sources include. */
  readonly libraries?: readonly string[];
  /** Files that were read to know this. */
  readonly evidence: string;
}

/** Files that a program looks for by itself when it runs, and that a smaller image may lack. */
export interface RuntimeData {
  /** The CA certificates in one file. */
  readonly certificates: string;
  /** The time zones that come with the toolchain: a path below its root, and the root in the images of this family. */
  readonly timeZones?: { readonly family: string; readonly root: string; readonly path: string };
}

/** Words at the start of string constants, and behind `|`, `&&` and `;` in them, where a program that is no constant is started. */
export function programWords(runs: readonly string[], text: string): string[] {
  if (!runs.includes('*')) return [];
  const first = [...text.matchAll(/"([a-z][\w.+-]{1,30})(?=["\s])/g)].map((match) => match[1] as string);
  // Every other piece of a line between quotes is a constant.
  const constants = text.split('\n').flatMap((line) => line.split('"').filter((_, at) => at % 2 === 1));
  const later = constants.flatMap((constant) =>
    [...constant.matchAll(/[|;&(] ?([a-z][\w.+-]{1,30})(?![\w.+-])/g)].map((match) => match[1] as string),
  );
  return [...new Set([...first, ...later])];
}

/** A language with its tools: one file under knowledge/ecosystems. */
export interface Ecosystem {
  /** The file's name: `go`. */
  readonly id: string;
  readonly docs: string;
  /** Does a program of this language read its sources when it runs? */
  readonly interpreted: boolean;
  /** True for a file of the context that only the compiler reads. */
  readonly compileInput: (path: string) => boolean;
  readonly rules: readonly ToolRule[];
  /**
   * What sources say where the compiled program is to keep the path of its sources. A language that leaves this out may keep
   * it without a word.
   */
  readonly sourcePath?: RegExp;
  /** The file that a call runs, where the language's launcher is told one: `java -jar FILE`. */
  readonly launches?: (argv: readonly (string | null)[]) => string | null;
  /** A call of a tool that runs what was made and compiles nothing: the container needs no toolchain for it. */
  readonly runsArtifact?: (argv: readonly (string | null)[]) => boolean;
  /** Scripts of a project by the tool that they start: `./gradlew`. */
  readonly scripts?: readonly string[];
  /** Where the package manager puts the programs of a project, below its folder. */
  readonly programFolder?: string;
  /** Programs in a folder that the author names, known by the form of their path: those of a virtual environment. */
  readonly programPath?: RegExp;
  /** The name of the program that a package has at a path of the project; null where it is none. */
  readonly packageProgram?: (path: string) => string | null;
  /** Programs beyond the rules' tools that build what they run: a container that starts one needs the toolchain. */
  readonly runners?: readonly string[];
  /**
   * The script that a call runs from a manifest in the folder: `npm start`. undefined: the call runs none, null: its
   * manifest cannot be read.
   */
  readonly scriptOf?: (
    argv: readonly (string | null)[],
    folder: string,
    files: ImageFiles,
  ) => string | null | undefined;
  /** Data that compiled programs of this language open by name, without the system's own libraries. */
  readonly runtimeData?: RuntimeData;
  /** Reads the sources below a folder; null where they do not tell. */
  readonly traits?: (folder: string, files: ImageFiles) => ProgramTraits | null;
}

/** The words of a call: flags with their values and operands behind the subcommand. */
export interface ParsedWords {
  readonly subcommand: string | null;
  /** A flag's value: a string, true for a bare flag, null where not known. Names keep their dashes. */
  readonly flags: ReadonlyMap<string, string | true | null>;
  readonly operands: readonly (string | null)[];
  /** What is known of the values that are not known as a whole, by their flags: an `OPEN` stands for the rest. */
  readonly outlines: ReadonlyMap<string, string>;
}

/** What stands in an outline for a part that is not known. */
export const OPEN = '\u2026';

/** Which words of a call may be known in part only. */
export interface OpenWords {
  /** Beside `argv`: a word that is not known, with `OPEN` for the parts that are not; null where it may be several. */
  readonly outlines: readonly (string | null)[];
  /** The flags that may have a value like that. */
  readonly flags: RegExp;
}

/** Sorts the words of a call. `--flag=value` and, for `valueFlags`, `--flag value` give values. */
export function parseWords(
  argv: readonly (string | null)[],
  valueFlags: readonly string[],
  hasSubcommand: boolean,
  open: OpenWords | null = null,
): ParsedWords {
  const flags = new Map<string, string | true | null>();
  const operands: (string | null)[] = [];
  const outlines = new Map<string, string>();
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string | null;
    const [, name, part] = (word === null && /^([^=\u2026]+)=([\s\S]*)$/.exec(open?.outlines[i] ?? '')) || [];
    if (name !== undefined && open?.flags.test(name) && !operands.includes('--')) {
      flags.set(name, null);
      outlines.set(name, part as string);
      continue;
    }
    if (word === null || !word.startsWith('-') || word === '-' || operands.includes('--')) {
      operands.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    if (equals > 0) flags.set(word.slice(0, equals), word.slice(equals + 1));
    else if (valueFlags.includes(word)) {
      const value = argv[++i] ?? null;
      flags.set(word, value);
      if (value === null) outlines.set(word, open?.outlines[i] ?? OPEN);
    } else flags.set(word, true);
  }
  const rest = operands.filter((word) => word !== '--');
  const subcommand = hasSubcommand ? (rest[0] ?? null) : null;
  return { subcommand, flags, operands: hasSubcommand ? rest.slice(1) : rest, outlines };
}
