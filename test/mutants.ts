// The tests that call the mutated files themselves, as one file: of several, Stryker loses what fails in all but the last.
import './check.test.ts';
import './guard.test.ts';
import './transform/references.test.ts';
import './transform/rewrite.test.ts';
