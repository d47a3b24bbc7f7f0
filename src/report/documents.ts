import type { FileReport } from './file-report.ts';
import { githubReport } from './github.ts';
import { htmlReport } from './html.ts';
import { jsonDocument } from './json.ts';
import { markdownReport } from './markdown.ts';
import { sarifReport } from './sarif.ts';

/** What a report says of the program that made it. */
export interface About {
  readonly version: string;
  /** The page of the html report, which `npm run build` makes of `src/review`. */
  readonly page: () => string;
}

/** The formats that are one document over all files. */
export const documents = {
  json: (reports: readonly FileReport[]) => jsonDocument(reports),
  markdown: (reports: readonly FileReport[]) => markdownReport(reports),
  sarif: (reports: readonly FileReport[], about: About) => sarifReport(reports, about.version),
  html: (reports: readonly FileReport[], about: About) => htmlReport(reports, about.page(), about.version),
  github: (reports: readonly FileReport[]) => githubReport(reports),
} as const;

export type DocumentFormat = keyof typeof documents;
