import type { CatalogueEntry } from './diagnostic.ts';

const example = 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/app .\nCMD ["/bin/app"]';
const differs = (code: string, name: string, message: string, help: string): CatalogueEntry => ({
  code,
  name,
  severity: 'error',
  message,
  help,
  example,
});
const note = (code: string, name: string, message: string, help: string): CatalogueEntry => ({
  ...differs(code, name, message, help),
  severity: 'note',
});

const REPORT = 'Please report it with the Dockerfile: a split that dfsplit writes keeps this.';

/** DF6xx: what `dfsplit verify` finds on a real engine. */
export const engineEntries: readonly CatalogueEntry[] = [
  differs(
    'DF601',
    'original-not-built',
    'the original does not build either: {step}',
    'Correct the file until it builds; then there is something to compare with.',
  ),
  differs('DF602', 'split-not-built', 'the split does not build: {step}', REPORT),
  note('DF603', 'not-split', 'there is no split to verify: the file is {outcome}', 'dfsplit explain tells why.'),
  differs(
    'DF604',
    'not-started',
    'the container of {which} cannot be started: {reason}',
    'Check the message of the engine; --network and --seconds choose how it runs.',
  ),
  differs('DF611', 'configuration', '{keyword} was {before}, is {after}', REPORT),
  differs('DF612', 'value-lost', '{what} was {before}, is {after}', REPORT),
  note(
    'DF613',
    'build-variable',
    '{what} of the build image went',
    'It describes the build image or names what is gone.',
  ),
  note(
    'DF614',
    'value-of-the-image',
    '{what} comes from the image: was {before}, is {after}',
    'The author wrote neither.',
  ),
  differs('DF621', 'file-missing', '{path} is missing ({before})', REPORT),
  differs('DF622', 'file-differs', '{path}: the {what} was {before}, is {after}', REPORT),
  differs('DF623', 'package-missing', 'the package {package} is missing', REPORT),
  differs('DF624', 'data-missing', 'the program may ask for {what}, and {path} is missing', REPORT),
  note(
    'DF625',
    'package-version',
    'the package {package} was {before}, is {after}',
    'Name the version in the install line where it matters.',
  ),
  differs('DF631', 'program-missing', '{name}, which {via} starts, is not found any more (was {before})', REPORT),
  differs('DF632', 'named-file-missing', '{name}, which {via} names, is not there any more (was {before})', REPORT),
  differs('DF633', 'library-missing', '{program} needs {library}, which does not resolve', REPORT),
  differs('DF634', 'interpreter-missing', '{program} is run by {library}, which is not there', REPORT),
  note(
    'DF635',
    'shipped-incomplete',
    '{program} needs {library}, which the runtime image does not have',
    'The image ships it so, and nothing in this container starts it.',
  ),
  differs('DF636', 'account', 'the account {user} was {before}, is {after}', REPORT),
  differs('DF641', 'start', 'the container {before}; now it {after}', 'Read its output with --keep and the engine.'),
  differs(
    'DF642',
    'output',
    'the output of {what} differs: was {before}, is {after}',
    'Numbers and times do not count.',
  ),
  differs('DF643', 'ports', 'open ports: was {before}, is {after}', 'Give a slow program more --seconds.'),
  differs('DF644', 'health', 'the health check: was {before}, is {after}', 'Give a slow program more --seconds.'),
  differs('DF645', 'command', 'the {what} of --command: was {before}, is {after}', 'Try the command with --keep.'),
  differs('DF646', 'smoke', 'the smoke test ends with {after} on the split: {output}', 'It passes on the original.'),
  differs(
    'DF647',
    'smoke-of-the-original',
    'the smoke test ends with {before} on the original already: {output}',
    'Correct the test: it says nothing about the split.',
  ),
  note(
    'DF648',
    'not-compared',
    'not compared: {what} ({reason})',
    'Choose another engine with --engine, or another network with --run-network.',
  ),
  note(
    'DF651',
    'not-smaller',
    'the image is not smaller: {before} before, {after} after',
    'The table of the rest tells where it is.',
  ),
];
