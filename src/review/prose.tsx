import { harmless } from '../report/harmless.ts';

/** A sentence of the catalogue: what stands in back ticks, and options of the command line, are code. */
export function prose(text: string) {
  return harmless(text)
    .split(/(`[^`]+`|(?<=\s)--[a-z][\w-]*(?: DF\d{3})?)/)
    .map((part, index) => (index % 2 === 1 ? <code key={`${index}`}>{part.replace(/^`|`$/g, '')}</code> : part));
}
