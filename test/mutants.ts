// What the mutated files must still do, as one file, so that what the tests import is read once: Stryker runs it for every mutant.
import './guard.test.ts';
import './line-origins.test.ts';
import './transform/references.test.ts';
import './transform/rewrite.test.ts';
