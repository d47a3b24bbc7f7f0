import type { CatalogueEntry } from './diagnostic.ts';

/** DF32x: what the author says in comments. */
export const authorEntries: readonly CatalogueEntry[] = [
  {
    code: 'DF320',
    name: 'ignored',
    severity: 'note',
    message: 'a comment of the author keeps dfsplit away from this file{why}',
    help: 'Remove `# dfsplit: ignore` to have it looked at.',
    example:
      '# dfsplit: ignore, this image is a toolchain\nFROM golang:1.25\nRUN go install golang.org/x/tools/gopls@v0.16.0',
  },
  {
    code: 'DF321',
    name: 'unknown-word',
    severity: 'blocker',
    message: '`# dfsplit: {word}` means nothing',
    help: 'Write ignore (for the whole file), or keep or build (for the next RUN, COPY or ADD).',
    example: 'FROM golang:1.25\n# dfsplit: kep\nCOPY . /src',
  },
  {
    code: 'DF322',
    name: 'misplaced-word',
    severity: 'blocker',
    message: '`# dfsplit: {word}` does not stand before a RUN, COPY or ADD',
    help: 'Put the comment on a line of its own above the instruction that it speaks of.',
    example: '# dfsplit: keep\nFROM golang:1.25\nCOPY . /src',
  },
  {
    code: 'DF323',
    name: 'built-program-lost',
    severity: 'blocker',
    message: 'the container starts {program}, which only a step that a comment sends to the build can have made',
    help: 'Let that step run in a folder of its own (WORKDIR), which is then carried over, or remove the comment.',
    example: 'FROM golang:1.25\n# dfsplit: build\nRUN magic\nRUN go build -o /other /src\nCMD ["/made/by/magic"]',
  },
  {
    code: 'DF324',
    name: 'ignored-by-configuration',
    severity: 'note',
    message: 'the configuration keeps dfsplit away from this file',
    help: 'Remove `"ignore": true` for this file from dfsplit.config.json to have it looked at.',
    example: 'FROM golang:1.25',
  },
];
