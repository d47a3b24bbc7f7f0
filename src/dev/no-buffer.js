/**
 * dockerfile-ast asks Node's Buffer whether a text begins with a byte order mark. Bundled with this in its place, the library
 * runs where there is none.
 */
export const Buffer = { from: (text) => new TextEncoder().encode(text) };
