import type { SplitPlan } from '../analyze/plan.ts';
import { freeName, takenNames } from '../analyze/stage-names.ts';
import type { LineOrigin } from '../outcome.ts';
import { parse } from '../syntax/parse.ts';
import type { Edit } from './edits.ts';

/** The edits that let a split carry its own proof; a reason where it cannot. */
export type GuardPlan =
  | { readonly edits: readonly Edit[]; readonly reason: null }
  | { readonly edits: null; readonly reason: string };

const REASON = 'the build proves that programs find what they load';
const not = (reason: string): GuardPlan => ({ edits: null, reason });

/**
 * Two stages behind the split: one that looks at the finished runtime stage from the build stage, where a shell is, and
 * fails the build where a program that was copied does not find its loader or a library; and the container itself, which
 * depends on it by a copy of nothing.
 */
export function planGuard(output: string, plan: SplitPlan): GuardPlan {
  const document = parse(output);
  const { stage, document: input, steps } = plan.understanding;
  const runtime = document.stages[stage.index + 1];
  if (runtime === undefined || runtime !== document.stages.at(-1)) return not('the split stage is not the last one');
  if (steps.some(({ instruction }) => instruction.keyword === 'ONBUILD'))
    return not('ONBUILD would be triggered by the check itself');
  if (plan.carries.length === 0) return not('nothing is copied');
  const taken = new Set([...takenNames(document), plan.buildName]);
  const inner = freeName('runtime', taken);
  const check = freeName('guard', new Set([...taken, inner]));
  const { eol, escape } = input;
  const lower = output.slice(runtime.from.keywordSpan.start, runtime.from.keywordSpan.end) === 'from';
  const word = (keyword: string): string => (lower ? keyword.toLowerCase() : keyword);
  const as = document.stages[stage.index]?.asWord ?? 'AS';
  const name = runtime.name === null ? '' : ` ${as} ${runtime.name}`;
  const lines = [
    '',
    '# Fails the build where a copied program would not find its loader or a library in the container.',
    `${word('FROM')} ${plan.buildName} ${as} ${check}`,
    `${word('USER')} root`,
    ...script(
      plan.carries.map(({ path }) => path),
      inner,
      word('RUN'),
      escape,
    ),
    '',
    `${word('FROM')} ${inner}${name}`,
    `${word('COPY')} --from=${check} /mnt/guard/ /`,
  ];
  const end = output.endsWith('\n') ? '' : eol;
  const text = `${end}${lines.join(eol)}${output.endsWith('\n') ? eol : ''}`;
  return {
    edits: [
      {
        span: { start: runtime.imageSpan.end, end: runtime.nameSpan?.end ?? runtime.imageSpan.end },
        text: ` ${as} ${inner}`,
        reason: REASON,
      },
      { span: { start: output.length, end: output.length }, text, reason: REASON },
    ],
    reason: null,
  };
}

const quoted = (path: string): string => (/^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);

/**
 * Only what resolves in the build stage counts: a plug-in that never found its library is nobody's mistake. The loader of
 * the runtime image is asked itself, with that image as its root: https://man7.org/linux/man-pages/man8/ld.so.8.html
 */
function script(paths: readonly string[], runtime: string, run: string, escape: string): string[] {
  const lines = [
    `${run} --mount=type=bind,from=${runtime},target=/mnt/runtime mkdir -p /mnt/guard`,
    'there() { [ -e "$1" ] || [ -L "$1" ]; }',
    'for one in /lib/ld-musl-*.so.1 /lib/ld-linux*.so.* /lib64/ld-linux*.so.* /lib64/ld64.so.*; do if there "$one"; then loader=$one; fi; done',
    `missing=$(find ${paths.map(quoted).join(' ')} -type f -exec grep -l '^.ELF' {} + | while read -r file; do own=$(head -c 8192 "$file" | tr -c '[:print:]' '\\n' | grep '^/.*/ld[-6]' | head -n 1 || true)`,
    'if [ -n "$own" ] && ! there "/mnt/runtime$own"; then echo "$file: its loader $own"',
    // A program without a loader of its own is static, or a library: those that the loader reads here it reads there.
    `elif "\${own:-$loader}" --list "$file" >/dev/null 2>&1 && ! said=$(chroot /mnt/runtime "\${own:-$loader}" --list "$file" 2>&1 >/dev/null); then echo "$file: $said"; fi`,
    'done || true)',
    'if [ -n "$missing" ]; then echo "not found in the runtime image: $missing" >&2; exit 1; fi',
  ];
  return lines.map((line, index) => {
    const indented = index === 0 ? line : `    ${line}`;
    return index === lines.length - 1 ? indented : `${indented}; ${escape}`;
  });
}

/** Where the lines of the guarded text come from: those of the split, then new ones. */
export function guardedLines(lines: readonly LineOrigin[], output: string, text: string): LineOrigin[] {
  const count = text.split('\n').length - lines.length;
  const added = Array.from({ length: count }, () => ({ from: null, why: REASON }));
  const last = output.endsWith('\n') ? lines.length - 1 : lines.length;
  return [...lines.slice(0, last), ...added, ...lines.slice(last)];
}
