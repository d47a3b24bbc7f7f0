/** Whether a name is what a glob says; a list of parts between its stars, each without a loop. */
export type NameMatcher = (name: string) => boolean;

/**
 * A glob in which `signs` have their meaning: `*` any run, `?` one character, `[` one of a class; anything else stands for
 * itself. No name takes more time than its length times that of the glob.
 */
export function globMatcher(glob: string, signs: '*' | '*?' | '*?[' = '*?'): NameMatcher {
  const parts: string[] = [''];
  for (const [sign] of glob.matchAll(signs === '*?[' ? /\[[^[\]]+\]|./gs : /./gs))
    if (sign === '*') parts.push('');
    else parts.push(`${parts.pop()}${sign === '?' && signs !== '*' ? '.' : sign.length > 1 ? sign : literal(sign)}`);
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) {
    const whole = new RegExp(`^(?:${first})$`, 's');
    return (name) => whole.test(name);
  }
  const head = new RegExp(`^(?:${first})`, 's');
  const inner = others.map((part) => new RegExp(part, 's'));
  const tail = new RegExp(`(?:${last})$`, 's');
  return (name) => {
    let rest = name;
    for (const part of [head, ...inner]) {
      const found = part.exec(rest);
      if (found === null) return false;
      rest = rest.slice(found.index + found[0].length);
    }
    return tail.test(rest);
  };
}

/** The source of a pattern that matches a text and nothing else. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
