import type { CatalogueEntry } from './diagnostic.ts';

/** DF2xx: what could not be read or is not known. */
export const understandingEntries: readonly CatalogueEntry[] = [
  {
    code: 'DF201',
    name: 'shell-not-read',
    severity: 'blocker',
    message: 'the shell text of this RUN cannot be read: {reason}',
    help: 'Correct the shell text, or move it into a script of the build context.',
    example: 'FROM golang:1.25\nRUN if true; then go build',
  },
  {
    code: 'DF202',
    name: 'unknown-command',
    severity: 'assumption',
    message: 'nothing is known of `{command}`; it is assumed to write only below {where}',
    help: 'Check that it writes nowhere else, then write the split with --assume DF202.',
    example: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN ./build.sh',
  },
  {
    code: 'DF203',
    name: 'unknown-command-at-root',
    severity: 'blocker',
    message: 'nothing is known of `{command}` ({why}), and it runs in the root folder: where it writes cannot be told',
    help: 'Set a WORKDIR before it, or replace it by commands whose results are known.',
    example: 'FROM golang:1.25\nRUN magic',
  },
  {
    code: 'DF204',
    name: 'script-not-read',
    severity: 'assumption',
    message: '{script} is not in the build context; it is assumed to start no program that only the build image has',
    help: 'Run dfsplit with the --context that holds the script, or check the script and use --assume DF204.',
    example: 'FROM node:20\nRUN npm ci\nENTRYPOINT ["/entrypoint.sh"]',
  },
  {
    code: 'DF206',
    name: 'unknown-image',
    severity: 'blocker',
    message: 'nothing is known of the image {image}: no smaller one can be proven to do',
    help: 'Use an official image with a tag, or split the file by hand.',
    example: 'FROM example.com/team/base:7\nRUN make',
  },
  {
    code: 'DF207',
    name: 'windows',
    severity: 'blocker',
    message: '{image} is a Windows image',
    help: 'dfsplit reads Linux images only.',
    example: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022',
  },
  {
    code: 'DF208',
    name: 'unknown-base',
    severity: 'blocker',
    message: 'the image {image} depends on a variable without a value',
    help: 'Give the ARG a default, or pass --build-arg NAME=VALUE.',
    example: 'ARG TAG\nFROM golang:$TAG',
  },
  {
    code: 'DF209',
    name: 'custom-shell',
    severity: 'blocker',
    message: 'RUN is executed by {shell}, whose language is not read',
    help: 'Use sh or bash for the steps that build.',
    example: 'FROM golang:1.25\nSHELL ["pwsh", "-c"]\nRUN go build',
  },
];
