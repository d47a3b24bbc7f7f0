/** An image as the file's own variables spell it. */
export interface Spelled {
  readonly image: string;
  /** Variables of FROM that it could not take over: another value of theirs may ask for another image. */
  readonly fixed: readonly string[];
}

/**
 * Writes a resolved image with the variables that the author's FROM has: `node:20-slim` becomes `node:${VERSION}-slim`
 * beside `FROM node:${VERSION}`. A variable whose value does not stand in the image exactly once stays out.
 */
export function spelledImage(
  image: string,
  written: string,
  value: (name: string) => string | null | undefined,
): Spelled {
  const fixed: string[] = [];
  let spelled = image;
  for (const [whole, braced, plain] of written.matchAll(/\$(?:\{(\w+)[^}]*(?:\}|$)|(\w+))/g)) {
    const name = braced ?? plain ?? '';
    const known = value(name) || /^\$\{\w+:[-+](.*)\}$/s.exec(whole)?.[1];
    const parts = known ? spelled.split(known) : [];
    if (parts.length !== 2) fixed.push(name);
    else spelled = parts.join(braced === undefined && /^\w/.test(parts[1] ?? '') ? `\${${name}}` : whole);
  }
  return { image: spelled, fixed };
}
