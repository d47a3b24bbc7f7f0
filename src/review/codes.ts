import { readCodes } from './report.ts';

/** The catalogue's words for the codes of this report. */
export const codes = readCodes();
