/** A loop over more than this is read once, for any item. */
const MOST_NUMBERS = 20;

/**
 * The numbers that `seq LAST` or `seq FIRST LAST` prints; null where they are many, or other forms:
 * https://www.gnu.org/software/coreutils/manual/html_node/seq-invocation.html
 */
export function sequence(words: readonly (string | null)[]): readonly string[] | null {
  if (words.length < 1 || words.length > 2 || words.some((word) => !/^\d{1,4}$/.test(word ?? ''))) return null;
  const last = Number(words.at(-1));
  const first = words.length === 1 ? 1 : Number(words[0]);
  const count = Math.max(0, last - first + 1);
  return count > MOST_NUMBERS ? null : Array.from({ length: count }, (_, at) => String(first + at));
}
