import { closest, distance } from 'fastest-levenshtein';

/** The known word that a misspelt one seems to mean; null where none is near. */
export function suggested(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const best = closest(word, known);
  return distance(word, best) <= Math.max(2, word.length / 3) ? best : null;
}
