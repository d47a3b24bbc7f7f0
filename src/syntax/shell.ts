import type { Span } from './document.ts';

/** A shell word with what has to be known to give it a value. Spans are offsets into the script given to `parseShell`. */
export interface ShellWord {
  readonly span: Span;
  readonly raw: string;
  readonly parts: readonly WordPart[];
}

export type WordPart =
  /** Quotes and escapes are resolved; `quoted` tells that glob characters in it are literal. */
  | { readonly kind: 'text'; readonly value: string; readonly quoted: boolean }
  /** `$X`, `${X}`, `${X:-word}`, `${X%pattern}` …: `operator` is null for the plain forms. */
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly operator: string | null;
      readonly operand: ShellWord | null;
      readonly quoted: boolean;
    }
  | { readonly kind: 'command'; readonly script: ShellScript | null; readonly raw: string; readonly quoted: boolean }
  /** `*`, `?`, `[a-z]` unquoted, and brace expansion. */
  | { readonly kind: 'glob'; readonly text: string }
  /** Arithmetic, process substitution, extended globs. */
  | { readonly kind: 'other'; readonly raw: string };

export interface ShellAssignment {
  readonly name: string;
  readonly value: ShellWord | null;
  /** Of an array. */
  readonly elements: readonly ShellWord[] | null;
  readonly append: boolean;
  readonly span: Span;
}

export interface ShellRedirect {
  /** `>`, `>>`, `<`, `2>` is operator `>` with descriptor 2, `&>`, `<<`, `<<<`, `>&` … */
  readonly operator: string;
  readonly descriptor: number | null;
  /** The file, or the delimiter of a heredoc. */
  readonly target: ShellWord | null;
  readonly heredoc: string | null;
  /** The text of a heredoc in which the shell expands variables and commands. */
  readonly expanded: ShellWord | null;
  readonly span: Span;
}

export type ShellNode =
  | {
      readonly kind: 'command';
      readonly words: readonly ShellWord[];
      readonly assignments: readonly ShellAssignment[];
      readonly redirects: readonly ShellRedirect[];
      readonly span: Span;
    }
  | { readonly kind: 'and' | 'or'; readonly left: ShellNode; readonly right: ShellNode; readonly span: Span }
  | { readonly kind: 'sequence'; readonly items: readonly ShellNode[]; readonly span: Span }
  | { readonly kind: 'background'; readonly body: ShellNode; readonly span: Span }
  | { readonly kind: 'pipeline'; readonly items: readonly ShellNode[]; readonly negated: boolean; readonly span: Span }
  | {
      readonly kind: 'subshell' | 'group';
      readonly body: ShellNode;
      readonly redirects: readonly ShellRedirect[];
      readonly span: Span;
    }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly test: ShellNode; readonly body: ShellNode }[];
      readonly otherwise: ShellNode | null;
      readonly span: Span;
    }
  | {
      readonly kind: 'for';
      readonly name: string;
      /** null: `for x; do` over the arguments. */
      readonly items: readonly ShellWord[] | null;
      readonly body: ShellNode;
      readonly span: Span;
    }
  | { readonly kind: 'while' | 'until'; readonly test: ShellNode; readonly body: ShellNode; readonly span: Span }
  | {
      readonly kind: 'case';
      readonly subject: ShellWord;
      readonly branches: readonly { readonly patterns: readonly ShellWord[]; readonly body: ShellNode | null }[];
      readonly span: Span;
    }
  | { readonly kind: 'function'; readonly name: string; readonly body: ShellNode; readonly span: Span }
  /** `[[ … ]]`, `(( … ))`, select, coproc: nothing is known of it. */
  | { readonly kind: 'other'; readonly raw: string; readonly span: Span };

export interface ShellScript {
  readonly text: string;
  /** null for an empty script. */
  readonly body: ShellNode | null;
}

/** What the parser could not read; `offset` is into the script. */
export interface ShellError {
  readonly message: string;
  readonly offset: number;
}
