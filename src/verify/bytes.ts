/** `1.42 GB`, as engines print it: powers of ten. */
export function bytes(size: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = size < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(size) / 3));
  // Three digits that count, and no zeros behind the point.
  return `${Number((size / 1000 ** power).toPrecision(3))} ${units[power]}`;
}
