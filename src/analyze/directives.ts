import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { BuildEffect } from '../knowledge/ecosystem.ts';
import type { Reason } from '../outcome.ts';
import type { Document, Instruction, Span } from '../syntax/document.ts';
import { lineColumn } from '../syntax/lines.ts';
import type { CommandFacts } from './shell-world.ts';

/** What the author says of a step: it serves only the build, or what it leaves stays in the runtime stage. */
export interface AuthorWord {
  readonly kind: 'build' | 'keep';
  /** The line of the comment. */
  readonly line: number;
}

/** The comments of a Dockerfile that are meant for dfsplit. */
export interface Directives {
  /** `# dfsplit: ignore`, with what the author adds to it. */
  readonly ignore: { readonly span: Span; readonly why: string } | null;
  readonly words: ReadonlyMap<Instruction, AuthorWord>;
  readonly problems: readonly Diagnostic[];
}

const COMMENT = /^#[ \t]*dfsplit[ \t]*:[ \t]*([^\s:,]*)[ \t:,]*(.*)$/is;
/** Instructions that do something which can stay or go. */
const STEPS = new Set(['RUN', 'COPY', 'ADD']);

/** Reads `# dfsplit: ignore`, `# dfsplit: keep` and `# dfsplit: build`; the last two speak of the next instruction. */
export function readDirectives(document: Document): Directives {
  const words = new Map<Instruction, AuthorWord>();
  const problems: Diagnostic[] = [];
  let ignore: Directives['ignore'] = null;
  for (const span of document.comments) {
    const [, written = '', why = ''] = COMMENT.exec(document.text.slice(span.start, span.end).trimEnd()) ?? [];
    if (written === '') continue;
    const word = written.toLowerCase();
    if (word === 'ignore') ignore ??= { span, why };
    else if (word !== 'keep' && word !== 'build') problems.push({ code: 'DF321', span, args: { word: written } });
    else {
      const step = document.instructions.find((instruction) => instruction.span.end > span.start);
      const inside = step !== undefined && step.span.start < span.start;
      if (step === undefined || inside || !STEPS.has(step.keyword))
        problems.push({ code: 'DF322', span, args: { word } });
      else words.set(step, { kind: word, line: lineColumn(document.text, span.start).line });
    }
  }
  return { ignore, words, problems };
}

/** The facts of a command as the author's word leaves them. */
export function obey(command: CommandFacts, word: AuthorWord | undefined): CommandFacts {
  if (word === undefined) return command;
  const effects = command.effects.map((effect) => (word.kind === 'keep' ? kept(effect) : built(effect, command.cwd)));
  return { ...command, effects };
}

/** What nothing is known of runs where the author wants it. */
function kept(effect: BuildEffect): BuildEffect {
  return effect.kind === 'unknown' ? { kind: 'restate', why: 'is kept by the author' } : effect;
}

/** What only serves the build changes nothing in the container; what nothing is known of works in its own folder. */
function built(effect: BuildEffect, cwd: string | null): BuildEffect {
  switch (effect.kind) {
    case 'accounts':
    case 'runtime-state':
    case 'restate':
      return { kind: 'checks' };
    case 'unknown':
      return cwd === null || cwd === '/' ? { kind: 'checks' } : { kind: 'builds-in-place', folder: cwd };
    default:
      return effect;
  }
}

/** The author's word as evidence. */
export function authorReason({ kind, line }: AuthorWord): Reason {
  const says = kind === 'keep' ? 'keeps what it leaves in the runtime stage' : 'says that it serves the build alone';
  return {
    rule: 'author-says',
    entry: `comment#${kind}`,
    certainty: 'stated',
    says: `the author's comment on line ${line} ${says}`,
  };
}
