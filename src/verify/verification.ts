import { entryFor } from '../diagnostics/catalogue.ts';
import { type Belongings, belongings } from './belongings.ts';
import { compareConfiguration } from './configuration.ts';
import type { Expectation } from './expectation.ts';
import type { BuildFailure } from './failure.ts';
import { compareFiles, type FileComparison } from './files.ts';
import type { Check, Finding } from './finding.ts';
import type { BaseImage, Image } from './image.ts';
import { comparePrograms } from './programs.ts';
import { compareSizes, type Sizes, sizesOf } from './sizes.ts';

/** What became of the comparison of one file. */
export type Result = 'equal' | 'different' | 'not-built' | 'original-not-built' | 'not-split';

export interface Verification {
  readonly result: Result;
  readonly findings: readonly Finding[];
  /** null where no comparison took place. */
  readonly comparison: Comparison | null;
  readonly failure: BuildFailure | null;
}

/** The counts behind a comparison that held. */
export interface Comparison {
  readonly files: FileComparison;
  readonly resolved: number;
  readonly sizes: Sizes;
  /** What was seen of the containers, in words. */
  readonly behaviour: string;
}

/** Two images as they lie in the engine, nothing run. */
export function compareImages(
  before: Image,
  after: Image,
  base: BaseImage | null,
  expected: Expectation,
): {
  readonly findings: readonly Finding[];
  readonly files: FileComparison;
  readonly resolved: number;
  readonly sizes: Sizes;
} {
  const own: Belongings = belongings(before.tree, after.tree, base, expected);
  const files = compareFiles(before, after, expected, own);
  const programs = comparePrograms(before, after, own);
  const findings = [
    ...compareConfiguration(before, after, base),
    ...files.findings,
    ...programs.findings,
    ...compareSizes(before, after),
  ];
  return { findings, files, resolved: programs.resolved, sizes: sizesOf(before, after, expected.origins) };
}

/** A finding says that the containers differ, unless its code is a note. */
export const isDifference = ({ code }: Finding): boolean => entryFor(code).severity === 'error';

export const differencesIn = (findings: readonly Finding[], check: Check): readonly Finding[] =>
  findings.filter((one) => one.check === check && isDifference(one));
