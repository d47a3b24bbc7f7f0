/** A half-open range of UTF-16 offsets into the original text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A text with its line continuations, and the comment and blank lines inside them, taken out, as BuildKit reads it.
 * `offsets[i]` is the original offset of `text[i]`; `offsets[text.length]` is the offset just behind the last character.
 */
export interface LogicalText {
  readonly text: string;
  readonly offsets: Int32Array;
}

/** A flag of an instruction: `--from=build`. `value` is null where there is no `=`. */
export interface Flag {
  readonly name: string;
  readonly value: string | null;
  readonly span: Span;
  readonly valueSpan: Span | null;
}

/** A heredoc of RUN, COPY or ADD. `body` covers whole lines without the terminator; `terminator` is the closing word. */
export interface Heredoc {
  readonly name: string;
  /** `<<"EOF"` or `<<'EOF'`: variables are not expanded in the body. */
  readonly quoted: boolean;
  /** `<<-EOF`: leading tabs are stripped from the body. */
  readonly chomp: boolean;
  readonly body: Span;
  readonly terminator: Span;
  /** The body as the builder sees it (tabs stripped for `<<-`, line endings `\n`). */
  readonly content: string;
}

/** One instruction, heredoc bodies included. */
export interface Instruction {
  /** Upper case. */
  readonly keyword: string;
  /** From the first character of the keyword to the end of the last line (heredoc terminator included), without the line break. */
  readonly span: Span;
  readonly keywordSpan: Span;
  readonly flags: readonly Flag[];
  /** What follows keyword and flags, trimmed, heredoc bodies excluded. */
  readonly rest: LogicalText;
  /** The strings of the exec (JSON) form, null for the shell form. */
  readonly exec: readonly string[] | null;
  readonly heredocs: readonly Heredoc[];
  /** The trigger of ONBUILD. */
  readonly trigger: Instruction | null;
  /** Counts from 1. */
  readonly line: number;
}

/** A build stage: FROM and what follows it. */
export interface Stage {
  readonly index: number;
  readonly from: Instruction;
  /** The image or earlier stage as written, not expanded. */
  readonly image: string;
  readonly imageSpan: Span;
  readonly name: string | null;
  readonly nameSpan: Span | null;
  /** `AS` or `as` as written, null for an unnamed stage. */
  readonly asWord: string | null;
  readonly platform: string | null;
  readonly instructions: readonly Instruction[];
}

/** A parser directive: `# escape=` + "`". */
export interface Directive {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/** A problem of syntax; `code` is an entry of the catalogue (DF1xx). */
export interface SyntaxProblem {
  readonly code: string;
  readonly args: Readonly<Record<string, string>>;
  readonly span: Span;
}

/** A Dockerfile as text and structure. Nothing is lost: `text` is the input to the byte. */
export interface Document {
  readonly text: string;
  readonly bom: boolean;
  /** The first line break of the file, `\n` where there is none. */
  readonly eol: '\n' | '\r\n';
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  /** Every comment line, from `#` to the end of its line, also those inside continued instructions; directives excluded. */
  readonly comments: readonly Span[];
  readonly instructions: readonly Instruction[];
  /** Instructions before the first FROM (ARG). */
  readonly globals: readonly Instruction[];
  readonly stages: readonly Stage[];
  readonly problems: readonly SyntaxProblem[];
}
