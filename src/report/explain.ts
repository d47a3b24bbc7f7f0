import { obstacleText } from '../diagnostics/obstacles.ts';
import type { Outcome, Placement, StepReport } from '../outcome.ts';
import { lineCounter } from '../syntax/lines.ts';
import { parse } from '../syntax/parse.ts';
import type { FileReport } from './file-report.ts';
import { harmless } from './harmless.ts';
import type { Colors } from './human.ts';

const WIDTH = 80;

/** The file with the stage of each line, the evidence of each step, what is carried over, and why on this image or on no smaller one. */
export function explainFile(report: FileReport, colors: Colors): string {
  const { outcome } = report;
  const { build, runtime } = outcome;
  const where =
    build === null || runtime === null
      ? ''
      : `, ${build.image} builds in stage ${build.name}, the container runs on ${runtime.image}`;
  const sections = [
    wrapped(`${report.path}: ${outcome.outcome}${where}`, '', '  ').map(colors.bold),
    gutter(report, colors),
    ...(outcome.steps.length === 0 ? [] : [steps(outcome, colors)]),
    ...(outcome.artifacts.length === 0 ? [] : [carried(outcome, colors)]),
    ...(made(outcome).length === 0 ? [] : [[colors.bold('New in the runtime stage'), ...made(outcome)]]),
    ...(runtime !== null
      ? [image(report, runtime.image, colors)]
      : outcome.passed.length > 0
        ? [[colors.bold('Why no smaller image'), ...passed(outcome)]]
        : []),
    ...report.diagnostics
      .filter(({ code }) => code !== 'DF401')
      .map((one) => [
        ...wrapped(`${one.severity} ${one.code} line ${one.line}: ${one.message}`, '  ', '    '),
        ...wrapped(one.help, '    ').map(colors.dim),
      ]),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Words in lines of at most 80 columns. */
function wrapped(text: string, first: string, rest = first): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of harmless(text).split(/\s+/)) {
    const empty = line === first || line === rest;
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = rest + word;
    } else line += (empty ? '' : ' ') + word;
  }
  return [...lines, line];
}

const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

const tint = (colors: Colors): Readonly<Record<Placement, (text: string) => string>> => ({
  build: colors.blue,
  runtime: colors.green,
  both: colors.cyan,
  undecided: colors.yellow,
});

/** Every line of the file behind the stage it goes to. */
function gutter({ original, outcome }: FileReport, colors: Colors): string[] {
  const places = new Map<number, Placement>();
  const decided = outcome.outcome === 'split';
  const { instructions } = parse(original);
  const first = outcome.steps[0]?.line ?? 0;
  const from = instructions.findLast(({ keyword, line }) => keyword === 'FROM' && line < first);
  if (decided && from !== undefined) places.set(from.line, 'build');
  for (const { lines, placement } of decided ? outcome.steps : [])
    for (let line = lines[0]; line <= lines[1]; line++) {
      const other = places.get(line);
      places.set(line, other === undefined || other === placement ? placement : 'both');
    }
  const lineOf = lineCounter(original);
  // Words of an instruction that are no command of their own go with what stands before them.
  for (const { span } of instructions)
    for (let line = lineOf(span.start) + 1; line <= lineOf(Math.max(span.start, span.end - 1)); line++) {
      const before = places.get(line - 1);
      if (before !== undefined && !places.has(line)) places.set(line, before);
    }
  const lines = original.replace(/\r?\n$/, '').split(/\r?\n/);
  const digits = String(lines.length).length;
  return lines.map((text, index) => {
    const place = places.get(index + 1);
    const name = (place ?? '').padEnd(9);
    const number = String(index + 1).padStart(digits);
    return `${place === undefined ? name : tint(colors)[place](name)} ${colors.dim(`│ ${number}`)}  ${cut(harmless(text), WIDTH - 14 - digits)}`.trimEnd();
  });
}

/** Each step once, with its evidence as sentences; in a refused file nothing has a place yet. */
function steps(outcome: Outcome, colors: Colors): string[] {
  const decided = outcome.outcome === 'split';
  return outcome.steps.flatMap((step) => {
    const place = decided ? `${tint(colors)[step.placement](step.placement)} ` : '';
    return [
      `line ${step.line} ${place}${colors.bold(cut(harmless(step.text), WIDTH - 16 - String(step.line).length))}`,
      ...evidence(step, colors),
    ];
  });
}

const evidence = ({ because }: StepReport, colors: Colors): string[] =>
  because.flatMap(({ says, entry, certainty, unless }) => {
    const lines = wrapped(`${says} (${entry}${certainty === 'assumed' ? ', assumed' : ''})`, '    ', '      ');
    return unless === undefined
      ? lines
      : [...lines, ...wrapped(`${unless.startsWith('go ') ? 'they' : 'it'} ${unless}`, '      ').map(colors.dim)];
  });

function carried({ artifacts }: Outcome, colors: Colors): string[] {
  return [
    colors.bold('Carried over from the build stage'),
    ...artifacts.flatMap(({ from, writer, readers, why }) => {
      const needed = readers.length === 0 ? '' : `, needed on line ${readers.join(', ')}`;
      return wrapped(`${from} ${why} (line ${writer}${needed})`, '    ', '      ');
    }),
  ];
}

/** Lines that the author has nowhere, or not with all their words, but for FROM and what is carried over; each reason once. */
function made({ text, lines }: Outcome): string[] {
  const all = (text ?? '').split(/\r?\n/);
  return lines.flatMap(({ from, why }, index) => {
    const line = (all[index] ?? '').replace(/[\\`]\s*$/, '').trim();
    const isSaid = why === lines[index - 1]?.why;
    const isAdded = from === null || why?.startsWith('the build image has');
    return why === null || isSaid || !isAdded || line === '' || /^(FROM|COPY)\s/i.test(line)
      ? []
      : [...wrapped(from === null ? line : cut(line, WIDTH - 4), '    '), ...wrapped(why, '      ')];
  });
}

/** What speaks against each smaller image, in one sentence where it is the same. */
function passed({ passed }: Outcome): string[] {
  const groups: { images: string[]; reason: string }[] = [];
  for (const { image: other, why, what } of passed) {
    const reason = obstacleText(why, what);
    const last = groups.at(-1);
    if (last?.reason === reason) last.images.push(other);
    else groups.push({ images: [other], reason });
  }
  return groups.flatMap(({ images, reason }) => wrapped(`not ${images.join(', ')}: ${reason}`, '    ', '      '));
}

function image({ outcome, diagnostics }: FileReport, name: string, colors: Colors): string[] {
  const proof = diagnostics.find(({ code }) => code === 'DF401')?.message;
  const others = passed(outcome);
  return [
    colors.bold(`Why ${harmless(name)}`),
    ...(proof === undefined ? [] : wrapped(proof, '    ')),
    ...(proof === undefined && others.length === 0
      ? wrapped('it is the image of the build; no smaller one is proven to do', '    ')
      : []),
    ...others,
  ];
}
