import { stageReferences } from '../analyze/references.ts';
import { nameFor, takenNames } from '../analyze/stage-names.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Rename } from '../outcome.ts';
import type { Document, Stage } from '../syntax/document.ts';
import type { Edit } from './edits.ts';

export interface RenamePlan {
  readonly edits: readonly Edit[];
  readonly renames: readonly Rename[];
  /** Not empty: the file is left alone. */
  readonly diagnostics: readonly Diagnostic[];
}

/** `AS` in the file's own style: as other stages have it, else in the case of the FROM keyword. */
function asWord(document: Document, stage: Stage): string {
  const written = document.stages.find((other) => other.asWord !== null)?.asWord;
  const keyword = document.text.slice(stage.from.keywordSpan.start, stage.from.keywordSpan.end);
  return written ?? (keyword === keyword.toLowerCase() ? 'as' : 'AS');
}

/** Names for every stage that an index names, and the edits that use them. */
export function planRenames(document: Document): RenamePlan {
  const { references, broken } = stageReferences(document);
  const refuse = (line: number, reference: string, span: { start: number; end: number }): Diagnostic => ({
    code: 'DF414',
    span,
    args: { reference, line: String(line) },
  });
  if (broken.length > 0)
    return {
      edits: [],
      renames: [],
      diagnostics: broken.map(({ instruction, text }) => refuse(instruction.line, text, instruction.span)),
    };
  const edits: Edit[] = [];
  const renames: Rename[] = [];
  const taken = takenNames(document);
  const named = new Map<number, string>();
  const counted = new Map<string, number>();
  const indexed = references.filter((reference) => reference.byIndex && reference.target !== null);
  for (const target of [...new Set(indexed.map((reference) => reference.target as number))].sort((a, b) => a - b)) {
    const stage = document.stages[target] as Stage;
    if (stage.name !== null) {
      named.set(target, stage.name);
      continue;
    }
    const name = nameFor(document, target, taken, counted);
    taken.add(name);
    named.set(target, name);
    const at = stage.imageSpan.end;
    edits.push({
      span: { start: at, end: at },
      text: ` ${asWord(document, stage)} ${name}`,
      reason: `stage ${target} is named`,
    });
  }
  for (const reference of indexed) {
    const name = named.get(reference.target as number) as string;
    // A name that stands twice means its last stage: an index to an earlier one has no name of its own.
    if (reference.shadowed)
      return {
        edits: [],
        renames: [],
        diagnostics: [refuse(reference.instruction.line, reference.text, reference.span)],
      };
    edits.push({ span: reference.span, text: name, reason: 'an index becomes a name' });
    renames.push({ line: reference.instruction.line, was: reference.text, becomes: name });
  }
  return { edits, renames, diagnostics: [] };
}
