// The tests that call the mutated files, themselves or through a whole split, as one file: what they import is read once.
import './check.test.ts';
import './fixtures.test.ts';
import './guard.test.ts';
import './transform/references.test.ts';
import './transform/rewrite.test.ts';
