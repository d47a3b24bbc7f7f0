import { table } from '../table.ts';

/** Packages that others bring along, by their Depends fields on https://packages.debian.org */
const BROUGHT_BY = table<RegExp>({
  fontconfig:
    /^(libpango(1\.0-0|-1\.0-0|cairo-1\.0-0|ft2-1\.0-0)|librsvg2-2|imagemagick.*|libmagick.*|chromium.*|firefox.*)$/,
});

/** True for a package that is there with one of the others. */
export const isBrought = (name: string, others: readonly string[]): boolean =>
  others.includes(name) || others.some((other) => BROUGHT_BY[name]?.test(other));
