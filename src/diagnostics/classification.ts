import type { CatalogueEntry } from './diagnostic.ts';
import { tangles } from './tangles.ts';

/** DF3xx: what the evidence says of the steps. */
export const classificationEntries: readonly CatalogueEntry[] = [
  {
    code: 'DF301',
    name: 'nothing-builds',
    severity: 'note',
    message: 'no step of this file builds anything',
    help: 'There is nothing to split off.',
    example: 'FROM nginx\nCOPY site /usr/share/nginx/html',
  },
  {
    code: 'DF302',
    name: 'nothing-to-drop',
    severity: 'note',
    message: 'no step leaves behind what a split would gain from, and {image} has no smaller form that is proven to do',
    help: 'A split would not make the image smaller.',
    example: 'FROM python:3.12-slim\nCOPY . /app\nRUN pip install --no-cache-dir -r /app/requirements.txt',
  },
  {
    code: 'DF327',
    name: 'only-a-cache',
    severity: 'note',
    message: '{path}, the cache of `{command}`, is all that a split is known to leave behind',
    help: 'Let the command keep no cache, or remove it in the same RUN: that makes the image as small, without another stage.',
    example:
      'FROM alpine:3.20\nRUN apk add --no-cache py3-pip && pip install --break-system-packages httpie\nCMD ["http"]',
  },
  {
    code: 'DF304',
    name: 'place-unknown',
    severity: 'blocker',
    message: '`{command}` writes to {path}, which cannot be carried over as a whole',
    help: 'Let it write to a folder of its own, or name the file it makes.',
    example: 'FROM node:20\nCOPY . /\nRUN npm run build',
  },
  {
    code: 'DF328',
    name: 'program-not-told',
    severity: 'blocker',
    message: 'which of the programs that `{command}` makes in {path} the container starts cannot be told',
    help: 'Name it in CMD or ENTRYPOINT, or run dfsplit with the --context that says which programs are built.',
    example: 'FROM rust:1.82\nRUN git clone https://example.com/tool /src && cd /src && cargo build --release',
  },
  {
    code: 'DF305',
    name: 'install-prefix',
    severity: 'assumption',
    message: '`{command}` is assumed to install only below {prefix}',
    help: 'Check the install rules of the project, then write the split with --assume DF305.',
    example:
      'FROM debian:bookworm\nRUN apt-get update && apt-get install -y gcc make\nCOPY . /src\nRUN make -C /src install',
  },
  {
    code: 'DF329',
    name: 'archive-folder',
    severity: 'assumption',
    message: '`{command}` is assumed to unpack nothing outside {folder}',
    help: 'Look into the archive, then write the split with --assume DF329; or unpack it in a folder of its own.',
    example:
      'FROM debian:bookworm\nRUN apt-get update && apt-get install -y gcc libc6-dev make curl\nRUN curl -LO https://example.com/dist/ferry-1.4.tar.gz && tar xzf ferry-1.4.tar.gz && cd ferry-1.4 && gcc -o /usr/local/bin/ferry main.c\nCMD ["ferry"]',
  },
  {
    code: 'DF306',
    name: 'library-unknown',
    severity: 'assumption',
    message: 'which run-time library stands behind {package} is not known in this release; it is left as it is',
    help: 'Name the run-time package in the install line beside the development package.',
    example: 'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y gcc libexotic-dev',
  },
  {
    code: 'DF307',
    name: 'native-code-unknown',
    severity: 'assumption',
    message:
      '{what} cannot be read: it is assumed that nothing in it links a shared library that only the build image has',
    help: 'Run dfsplit with the --context that holds the file, or check with ldd and use --assume DF307.',
    example: 'FROM rust:1.82\nCOPY . /src\nRUN cargo install --path /src',
  },
  {
    code: 'DF308',
    name: 'network-installer',
    severity: 'blocker',
    message: '`{command}` runs a script from the network: what it installs is not known',
    help: 'Install a package or a release archive instead, or say what it is for: `# dfsplit: build` or `# dfsplit: keep` on the line above.',
    example: 'FROM debian:bookworm\nRUN curl https://example.com/install.sh | sh',
  },
  {
    code: 'DF326',
    name: 'place-of-argument',
    severity: 'blocker',
    message: 'the build argument {name} has no default, and where something lies depends on it: `{line}`',
    help: 'Give the ARG a default, or tell its value with --build-arg {name}=VALUE, with which the image is then built.',
    example:
      'FROM alpine:3.20\nARG VERSION\nRUN apk add --no-cache gcc musl-dev\nCOPY . /src\nRUN mkdir /opt/tool-$VERSION && gcc -o /opt/tool-$VERSION/tool /src/tool.c',
  },
  {
    code: 'DF325',
    name: 'development-package-kept',
    severity: 'note',
    message: '{package} stays as it is: which run-time library stands behind it is not known in this release',
    help: 'Name the run-time package in the install line beside the development package, which then leaves.',
    example: 'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y gcc libexotic-dev',
  },
  {
    code: 'DF309',
    name: 'toolchain-at-run-time',
    severity: 'note',
    message: 'the container itself starts {program}, a tool of the build',
    help: 'Build the program in a RUN and start the result; then the toolchain can go.',
    example: 'FROM golang:1.25\nCOPY . /src\nCMD ["go", "run", "/src"]',
  },
  {
    code: 'DF310',
    name: 'tangled',
    severity: 'blocker',
    message: '`{command}` changes the system of the container and cannot run again there: {reason}',
    help: '{remedy}',
    reasons: tangles,
    example: 'FROM debian:bookworm\nRUN if true; then apt-get install -y gcc curl; gcc -o /x x.c; fi',
  },
  {
    code: 'DF311',
    name: 'maybe-absent',
    severity: 'blocker',
    message: '{path} may not be there when the build is done: a command that may not run makes it, or may remove it',
    help: 'Let a command that always runs make it, or make its folder with mkdir before.',
    example:
      'FROM golang:1.25\nARG PROFILE\nCOPY . /src\nRUN test -z "$TARGETARCH" || go build -C /src -o /usr/local/bin/app',
  },
  {
    code: 'DF312',
    name: 'unmade-program',
    severity: 'blocker',
    message: '{file}, which the container starts, is made by no step that is understood',
    help: 'Let the build write it to a folder of its own, or copy it to where the container starts it.',
    example:
      'FROM maven:3-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD ["java", "-jar", "/opt/app.jar"]',
  },
];
