import type { Document, Instruction, Span } from '../syntax/document.ts';

/** A place that names a stage or an image. */
export interface StageReference {
  /** Index of the stage it stands in. */
  readonly stage: number;
  readonly instruction: Instruction;
  readonly kind: 'copy' | 'mount' | 'from';
  readonly text: string;
  /** The reference itself in the original text. */
  readonly span: Span;
  /** The stage meant; null for an image. */
  readonly target: number | null;
  readonly byIndex: boolean;
  /** Of an index: a stage in between bears the name of the one that is meant, which therefore has none of its own. */
  readonly shadowed: boolean;
}

/** A `COPY --from` index that names no earlier stage. */
export interface BrokenReference {
  readonly instruction: Instruction;
  readonly text: string;
}

/** strconv.Atoi: an optional sign and decimal digits. */
const ATOI = /^[+-]?\d+$/;

function unquoted(text: string, span: Span): { text: string; span: Span } {
  const quoted = /^(["'])(.*)\1$/.exec(text);
  return quoted === null
    ? { text, span }
    : { text: quoted[2] as string, span: { start: span.start + 1, end: span.end - 1 } };
}

/** Every stage reference, by BuildKit's rules: https://github.com/moby/buildkit/tree/master/frontend/dockerfile/dockerfile2llb */
export function stageReferences(document: Document): {
  readonly references: readonly StageReference[];
  readonly broken: readonly BrokenReference[];
} {
  const references: StageReference[] = [];
  const broken: BrokenReference[] = [];
  const { stages, text } = document;
  // The last earlier stage of each name, without regard to case.
  const earlier = new Map<string, number>();
  const stageNamed = (name: string): number | null => earlier.get(name.toLowerCase()) ?? null;
  for (const stage of stages) {
    const base = stageNamed(stage.image);
    if (base !== null)
      references.push({
        stage: stage.index,
        instruction: stage.from,
        kind: 'from',
        text: stage.image,
        span: stage.imageSpan,
        target: base,
        byIndex: false,
        shadowed: false,
      });
    for (const written of stage.instructions) {
      const instruction = written.trigger ?? written;
      for (const flag of instruction.flags) {
        if (flag.valueSpan === null || flag.value === null) continue;
        if (instruction.keyword === 'COPY' && flag.name === 'from') {
          const reference = unquoted(text.slice(flag.valueSpan.start, flag.valueSpan.end), flag.valueSpan);
          const named = stageNamed(reference.text);
          const byIndex = named === null && ATOI.test(reference.text);
          const index = byIndex ? Number(reference.text) : null;
          const target = named ?? (index !== null && index >= 0 && index < stage.index ? index : null);
          if (byIndex && target === null) broken.push({ instruction: written, text: reference.text });
          const name = byIndex && target !== null ? (stages[target]?.name ?? null) : null;
          const shadowed = name !== null && stageNamed(name) !== target;
          references.push({
            stage: stage.index,
            instruction: written,
            kind: 'copy',
            ...reference,
            target,
            byIndex,
            shadowed,
          });
        } else if (instruction.keyword === 'RUN' && flag.name === 'mount') {
          const found = /(^|,)from=([^,]+)/.exec(flag.value);
          if (found === null) continue;
          const name = found[2] as string;
          const start =
            flag.valueSpan.start + text.slice(flag.valueSpan.start, flag.valueSpan.end).indexOf(`from=${name}`) + 5;
          references.push({
            stage: stage.index,
            instruction: written,
            kind: 'mount',
            text: name,
            span: { start, end: start + name.length },
            target: stageNamed(name),
            byIndex: false,
            shadowed: false,
          });
        }
      }
    }
    if (stage.name !== null) earlier.set(stage.name.toLowerCase(), stage.index);
  }
  return { references, broken };
}
