import { defaultArguments, withArguments } from './analyze/argument-defaults.ts';
import { composeTargets } from './analyze/compose-targets.ts';
import { readDirectives } from './analyze/directives.ts';
import { openArguments, withStands } from './analyze/open-arguments.ts';
import { type Decision, planSplit, type SplitPlan } from './analyze/plan.ts';
import { globalArgs, understand } from './analyze/understand.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { nothingDone, type Outcome, type SplitOptions } from './outcome.ts';
import type { BuildContext } from './syntax/build-context.ts';
import type { Document, Span, Stage } from './syntax/document.ts';
import { parse } from './syntax/parse.ts';
import { checkRenames } from './transform/check/check-renames.ts';
import { checkSplit } from './transform/check/check-split.ts';
import { applyEdits, originalSpan } from './transform/edits.ts';
import { guardedLines, planGuard } from './transform/guard.ts';
import { editedLines, lineOrigins } from './transform/line-origins.ts';
import { planRenames } from './transform/rename.ts';
import { render } from './transform/render.ts';
import { rewrite } from './transform/rewrite.ts';

/**
 * The whole pipeline: text → parse → understand → classify and plan → rewrite → check → Outcome.
 * Pure: the same text, options and context give the same outcome. Never throws for any text.
 * `planned` is handed the plan of a split, for whoever checks what it promises.
 */
export function split(
  text: string,
  options: SplitOptions,
  context: BuildContext | null,
  planned: (plan: SplitPlan) => void = () => {},
): Outcome {
  const document = parse(text);
  if (document.problems.length > 0) return { ...nothingDone, outcome: 'failed', diagnostics: document.problems };
  const directives = readDirectives(document);
  if (directives.ignore !== null) {
    const { span, why } = directives.ignore;
    return {
      ...nothingDone,
      stages: names(document),
      diagnostics: [{ code: 'DF320', span, args: { why: why === '' ? '' : `: ${why}` } }],
    };
  }
  if (directives.problems.length > 0)
    return { ...nothingDone, outcome: 'refused', stages: names(document), diagnostics: directives.problems };
  // Names first: a new stage would shift every index.
  const renamed = planRenames(document);
  const outside = context === null ? [] : composeTargets(context);
  if (renamed.diagnostics.length > 0)
    return {
      ...nothingDone,
      outcome: 'refused',
      stages: names(document),
      diagnostics: [...renamed.diagnostics, ...outside],
    };
  const named = renamed.edits.length > 0 ? parse(applyEdits(text, renamed.edits)) : document;
  const misnamed = renamed.edits.length > 0 ? checkRenames(text, named.text) : [];
  if (misnamed.length > 0) return failedCheck(misnamed, { start: 0, end: 0 });
  const base: Outcome = {
    ...nothingDone,
    outcome: renamed.edits.length > 0 ? 'renamed' : 'unchanged',
    stages: names(named),
    renames: renamed.renames,
    diagnostics: renamed.edits.length > 0 ? outside : [],
    text: renamed.edits.length > 0 ? named.text : null,
    lines: renamed.edits.length > 0 ? editedLines(text, renamed.edits) : [],
  };
  // Findings stand in the text with its names: they are told of the text as it came.
  const located = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
    diagnostics.map((one) => ({ ...one, span: originalSpan(one.span, renamed.edits) }));
  if (options.renameOnly) return base;
  const target = targetStage(named, options.target);
  if (target === null)
    return {
      ...nothingDone,
      outcome: 'failed',
      diagnostics: [{ code: 'DF408', span: { start: 0, end: 0 }, args: { target: options.target ?? '' } }],
    };
  const stage = named.stages[target] as Document['stages'][number];
  const decision: Decision = planSplit(understand(named, stage, options, context), options);
  if (decision.kind !== 'split') {
    const refused = decision.kind === 'refused' && base.outcome === 'unchanged';
    return {
      ...base,
      outcome: refused ? 'refused' : base.outcome,
      passed: decision.passed,
      steps: decision.steps,
      diagnostics: [...base.diagnostics, ...(base.outcome === 'renamed' ? [] : located(decision.diagnostics))],
    };
  }
  const plan = spellArguments(decision.plan, named, stage, options, context);
  const moving = movesWithArgument(named, stage, options, context);
  if (moving !== null)
    return base.outcome === 'renamed'
      ? base
      : { ...base, outcome: 'refused', steps: plan.steps, diagnostics: located([moving]) };
  const rendering = render(rewrite(plan), plan);
  const output = rendering.text;
  const guard = options.guard ? planGuard(output, plan) : null;
  const proven = applyEdits(output, guard?.edits ?? []);
  const after = parse(proven);
  const lines = lineOrigins(named.text, rendering, base.lines);
  const wrong = [
    ...checkSplit({
      input: named.text,
      output,
      target,
      image: plan.choice.candidate.image,
      lines,
      steps: plan.steps,
      artifacts: plan.artifacts,
      codes: plan.diagnostics.map(({ code }) => code),
      buildArgs: options.buildArgs,
      own: options.own,
    }),
    ...after.problems.map(({ code }) => `the output does not parse: ${code}`),
  ];
  if (wrong.length > 0) return { ...failedCheck(wrong, stage.from.span), steps: plan.steps };
  planned(plan);
  const unguarded =
    guard?.edits === null ? [{ code: 'DF420', span: stage.from.span, args: { reason: guard.reason } }] : [];
  return {
    outcome: 'split',
    build: { name: plan.buildName, image: stage.image },
    runtime: { name: plan.runtimeName, image: plan.choice.candidate.image },
    passed: plan.choice.passed,
    stages: names(after),
    steps: plan.steps,
    artifacts: plan.artifacts,
    renames: renamed.renames,
    diagnostics: [...base.diagnostics, ...located(plan.diagnostics), ...unguarded],
    text: proven,
    lines: guardedLines(lines, output, proven),
  };
}

/** A build argument without a value that a line of the split would hold: whoever gives it one would find nothing there. */
function movesWithArgument(
  document: Document,
  stage: Stage,
  options: SplitOptions,
  context: BuildContext | null,
): Diagnostic | null {
  const open = openArguments(stage, globalArgs(document, options.buildArgs), options.buildArgs);
  if (open.length === 0) return null;
  const given = { ...options, buildArgs: withStands(options.buildArgs, open) };
  const decision = planSplit(understand(document, stage, given, context), given);
  if (decision.kind !== 'split') return null;
  const { text } = render(rewrite(decision.plan), decision.plan);
  const found = open.find(({ stand }) => text.includes(stand));
  const line = text.split('\n').find((one) => found !== undefined && one.includes(found.stand)) ?? '';
  return found === undefined
    ? null
    : {
        code: 'DF326',
        span: found.instruction.span,
        args: {
          name: found.name,
          line: open.reduce((read, { name, stand }) => read.replaceAll(stand, `\${${name}}`), line.trim()),
        },
      };
}

/** Where the value of an ARG is a part of what is copied, the runtime stage names the ARG, as the author does. */
function spellArguments(
  plan: SplitPlan,
  document: Document,
  stage: Stage,
  options: SplitOptions,
  context: BuildContext | null,
): SplitPlan {
  const defaults = defaultArguments(plan);
  if (defaults.length === 0) return plan;
  const given = { ...options, buildArgs: withStands(options.buildArgs, defaults) };
  const decision = planSplit(understand(document, stage, given, context), given);
  return decision.kind === 'split' ? withArguments(plan, decision.plan, defaults) : plan;
}

/** What did not pass its own check is left alone. */
const failedCheck = (wrong: readonly string[], span: Span): Outcome => ({
  ...nothingDone,
  outcome: 'failed',
  diagnostics: wrong.map((what): Diagnostic => ({ code: 'DF501', span, args: { what } })),
});

const names = (document: Document): (string | null)[] => document.stages.map((stage) => stage.name);

/** The index of the stage to split; null where no stage has the name. */
function targetStage(document: Document, target: string | null): number | null {
  if (target === null) return document.stages.length - 1;
  const byName = document.stages.findLastIndex((stage) => stage.name?.toLowerCase() === target.toLowerCase());
  if (byName >= 0) return byName;
  const index = /^\d+$/.test(target) ? Number(target) : -1;
  return index >= 0 && index < document.stages.length ? index : null;
}
