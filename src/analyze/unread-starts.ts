import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import { broughtBy, hasPrograms } from '../knowledge/unused.ts';
import type { Demands } from './ladder.ts';
import { unreadSource } from './sources.ts';

/** What the container starts and nobody has read, where it may start a program that the runtime stage does not have. */
export function unreadStarts({ understanding, carry, system, roots }: Demands, { programs }: ImageFacts): Diagnostic[] {
  const { files, image } = understanding;
  const own = image?.programs ?? [];
  // What the author removes again is missing in either container.
  const gone = system.dropped.flatMap(({ name, purge }) =>
    purge === null && hasPrograms(name) ? broughtBy(name) : [],
  );
  // A script in another language than the shell's is not understood, but names what it starts.
  const mayStart = (path: string): boolean => {
    const text = files.read(path) ?? '';
    return text.trim() === '' ? gone.length > 0 : text.split(/[^\w.+-]+/).some((word) => gone.includes(word));
  };
  const source = carry.interpreted || carry.traits === null ? unreadSource(understanding) : null;
  const found = [
    ...roots.unread.filter(({ path }) => own.length > programs.length || mayStart(path)),
    ...(source !== null && (gone.length > 0 || own.some((program) => !programs.includes(program))) ? [source] : []),
  ];
  return found
    .filter(({ path }, index) => found.findIndex((other) => other.path === path) === index)
    .map(({ path, instruction }) => ({ code: 'DF204', span: instruction.span, args: { script: path } }));
}
