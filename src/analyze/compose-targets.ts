import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { BuildContext } from '../syntax/build-context.ts';

const FILES = /^(docker-)?compose[\w.-]*\.ya?ml$|^docker-bake[\w.-]*\.(hcl|json)$/;

/** Compose and bake files of the context that name a stage by its index: they have to follow by hand. */
export function composeTargets(context: BuildContext): Diagnostic[] {
  return (context.list('') ?? [])
    .filter((name) => FILES.test(name))
    .flatMap((path) =>
      (context.read(path) ?? '').split('\n').flatMap((line, index): Diagnostic[] => {
        const target = /^\s*-?\s*"?target"?\s*[:=]\s*["']?(\d+)["']?\s*,?\s*(#.*)?$/.exec(line)?.[1];
        return target === undefined
          ? []
          : [{ code: 'DF413', span: { start: 0, end: 0 }, args: { path, line: String(index + 1), target } }];
      }),
    );
}
