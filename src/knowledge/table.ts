/** A table that is asked for words of other people's files: `constructor` and `toString` are in it only if they are written. */
export const table = <T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.freeze(Object.assign(Object.create(null) as Record<string, T>, entries));
