import type { CatalogueEntry } from './diagnostic.ts';

/** DF5xx: the self-check. DF7xx: reading and writing files. */
export const checkEntries: readonly CatalogueEntry[] = [
  {
    code: 'DF501',
    name: 'self-check',
    severity: 'error',
    message: 'the split did not pass its own check: {what}; the file is left alone',
    help: 'This is a bug in dfsplit. Please report it with the Dockerfile.',
    example: 'FROM alpine',
  },
  {
    code: 'DF502',
    name: 'crash',
    severity: 'error',
    message: 'dfsplit failed: {what}; the file is left alone',
    help: 'This is a bug in dfsplit. Please report it with the Dockerfile.',
    example: 'FROM alpine',
  },
  {
    code: 'DF701',
    name: 'unreadable',
    severity: 'error',
    message: 'the file cannot be read: {reason}',
    help: 'Check the name and the permissions.',
    example: 'FROM alpine',
  },
  {
    code: 'DF702',
    name: 'not-written',
    severity: 'error',
    message: 'the file cannot be written: {reason}; it is as it was',
    help: 'Check the permissions of the file and its folder.',
    example: 'FROM alpine',
  },
  {
    code: 'DF703',
    name: 'not-utf-8',
    severity: 'error',
    message: 'the file is not UTF-8 text',
    help: 'Save it as UTF-8.',
    example: 'FROM alpine',
  },
  {
    code: 'DF704',
    name: 'bad-configuration',
    severity: 'error',
    message: '{place}: {what}',
    help: 'Correct the configuration; its schema is dfsplit.schema.json, and `dfsplit init` writes a valid one.',
    example: '{ "runtme": "slim" }',
  },
];
