import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { BuildContext } from '../syntax/build-context.ts';

const FILES = /^(docker-)?compose[\w.-]*\.ya?ml$|^docker-bake[\w.-]*\.(hcl|json)$/;

/** The files of a folder that was looked at already: many Dockerfiles may share it. */
const ofFolder = new WeakMap<readonly string[], readonly string[]>();

/** Compose and bake files of the context that name a stage by its index: they have to follow by hand. */
export function composeTargets(context: BuildContext): Diagnostic[] {
  const names = context.list('') ?? [];
  const files = ofFolder.get(names) ?? names.filter((name) => FILES.test(name));
  ofFolder.set(names, files);
  return files.flatMap((path) =>
    (context.read(path) ?? '').split('\n').flatMap((line, index): Diagnostic[] => {
      const target = /^\s*(?:-\s*)?"?target"?\s*[:=]\s*["']?(\d+)["']?\s*(?:,\s*)?(?:#.*)?$/s.exec(line)?.[1];
      return target === undefined
        ? []
        : [{ code: 'DF413', span: { start: 0, end: 0 }, args: { path, line: String(index + 1), target } }];
    }),
  );
}
