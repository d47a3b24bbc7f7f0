const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes as a person reads them, in powers of 1000 as `docker images` has them. */
export function bytes(count: number): string {
  const step = count < 1 ? 0 : Math.min(Math.floor(Math.log10(count) / 3), UNITS.length - 1);
  const value = count / 1000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[step]}`;
}
