import type { CatalogueEntry } from './diagnostic.ts';
import { obstacles } from './obstacles.ts';

/** DF4xx: the plan of stages, images and copies. */
export const planEntries: readonly CatalogueEntry[] = [
  {
    code: 'DF401',
    name: 'smaller-runtime',
    severity: 'note',
    message: 'the container runs on {image}: {proof}',
    help: 'Choose another with --runtime.',
    example: 'FROM node:20\nRUN npm ci\nCMD ["node", "server.js"]',
  },
  {
    code: 'DF402',
    name: 'no-smaller-image',
    severity: 'blocker',
    message: 'no image smaller than {image} is proven to run this container: {reason}',
    help: '{remedy}',
    reasons: obstacles,
    example: 'FROM gcc:13\nRUN gcc -o /x x.c',
  },
  {
    code: 'DF403',
    name: 'runtime-not-possible',
    severity: 'blocker',
    message: 'a runtime stage on {image} is not possible: {reason}',
    help: '{remedy} With --runtime auto dfsplit takes the smallest image that does.',
    reasons: obstacles,
    example: 'FROM node:20',
  },
  {
    code: 'DF404',
    name: 'base-workdir',
    severity: 'assumption',
    message:
      '{image} starts in {path}, which the file does not state; the container is assumed not to depend on its working folder',
    help: 'Write `WORKDIR {path}` into the file, and the split is proven.',
    example: 'FROM golang:1.25\nCOPY . /src\nRUN cd /src && go build -o /app',
  },
  {
    code: 'DF405',
    name: 'starts-programs',
    severity: 'assumption',
    message:
      'the sources start programs whose names they do not state; they are assumed to be in {image}, or not needed',
    help: 'Check what the program starts, then write the split with --assume DF405, or choose an image with --runtime.',
    example: 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /app\nCMD ["/app"]',
  },
  {
    code: 'DF406',
    name: 'chosen-image',
    severity: 'assumption',
    message: 'what is built on {build} is assumed to run on {image}: they do not stand on the same release',
    help: 'Choose an image of the same distribution and release, or check and use --assume DF406.',
    example: 'FROM golang:1.25\nRUN go build -o /app',
  },
  {
    code: 'DF407',
    name: 'base-entrypoint',
    severity: 'assumption',
    message:
      '{image} starts the command through {script}, which the runtime image does not; it only prepares and then runs the command',
    help: 'Write an ENTRYPOINT of your own instead of CMD, and the split is proven, or use --assume DF407.',
    example:
      'FROM maven:3-eclipse-temurin-21\nENV USE_SYSTEM_CA_CERTS=1\nCOPY . .\nRUN mvn package\nCMD ["java", "-jar", "target/app.jar"]',
  },
  {
    code: 'DF408',
    name: 'target-not-found',
    severity: 'error',
    message: 'the file has no stage {target}',
    help: 'Name a stage of the file with --target, or leave it out for the last one.',
    example: 'FROM alpine AS app',
  },
  {
    code: 'DF409',
    name: 'image-variable',
    severity: 'assumption',
    message:
      '{image} is right for the value that {variables} has by default; with another one the build image may stand on another release',
    help: 'Write the version into FROM, or name the runtime image by the same variable yourself, or use --assume DF409.',
    example: 'ARG GO_VERSION=1.22\nFROM golang:$GO_VERSION\nCOPY . /src\nRUN cd /src && go build -o /app',
  },
  {
    code: 'DF410',
    name: 'whole-folder',
    severity: 'note',
    message: '{folder} is carried over as a whole: what the program reads in it cannot be told',
    help: 'Embed the files, or copy what the program needs by name.',
    example: 'FROM golang:1.25\nWORKDIR /app\nCOPY . .\nRUN go build -o app\nCMD ["./app"]',
  },
  {
    code: 'DF411',
    name: 'secret-left-behind',
    severity: 'note',
    message: '{what} was in a layer of the old image; the image that ships no longer has it',
    help: 'The build stage still has it: use RUN --mount=type=secret, and the build cache does not keep it either.',
    example:
      'FROM golang:1.25\nARG GITHUB_TOKEN\nCOPY . /src\nRUN GOPRIVATE=* TOKEN=$GITHUB_TOKEN go build -C /src -o /app',
  },
  {
    code: 'DF412',
    name: 'secret-ships',
    severity: 'note',
    message: '{what} is in the image that ships, as it was before',
    help: 'Keep a file out with .dockerignore, hand a value to the build with RUN --mount=type=secret, or to the container when it starts.',
    example: 'FROM node:20\nENV API_KEY=abc\nWORKDIR /app\nCOPY . .\nRUN npm ci',
  },
  {
    code: 'DF413',
    name: 'index-target',
    severity: 'note',
    message: '{path}:{line} names stage {target} by its index',
    help: 'Use the name of the stage there; dfsplit does not edit that file.',
    example: 'FROM alpine AS app',
  },
  {
    code: 'DF414',
    name: 'unclear-reference',
    severity: 'blocker',
    message: '--from={reference} on line {line} does not clearly mean one earlier stage',
    help: 'Correct the index, or give every stage a name of its own.',
    example: 'FROM alpine\nCOPY --from=5 /a /a',
  },
  {
    code: 'DF415',
    name: 'development-dependencies',
    severity: 'note',
    message: '{folder} is carried over with development dependencies ({packages}): nothing in the file drops them',
    help: 'Where the container does without them, add `RUN {drop}` behind the last build step: the split then leaves them behind.',
    example: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/server.js"]',
  },
  {
    code: 'DF416',
    name: 'starts-development-tool',
    severity: 'note',
    message: 'the container starts {packages}, a development dependency, so {folder} stays as it is',
    help: 'Start what the build made instead, or move the package to the dependencies.',
    example: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["npx", "ts-node", "server.ts"]',
  },
  {
    code: 'DF417',
    name: 'base-of-others',
    severity: 'blocker',
    message:
      'line {line} needs more of the stage {stage} than its container does, which is all that a split would leave it',
    help: 'Let that stage build on a stage of its own, or split another one with --target.',
    example:
      'FROM golang:1.25 AS app\nCOPY . /src\nRUN go build -C /src -o /app\nCMD ["/app"]\nFROM app AS test\nRUN go test ./...',
  },
  {
    code: 'DF418',
    name: 'toolkit-left',
    severity: 'assumption',
    message: '{image} leaves {what} behind: it is assumed that nothing in the container uses it when it runs',
    help: 'Check what the program compiles when it runs, then use --assume DF418, or keep the image with --runtime same.',
    example: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nCOPY . /src\nRUN make -C /src\nCMD ["/src/app"]',
  },
  {
    code: 'DF419',
    name: 'start-not-stated',
    severity: 'assumption',
    message: 'the file does not say what the container starts; it is assumed to need no tool that only {image} has',
    help: 'Write CMD or ENTRYPOINT, or check how the container is used, then write the split with --assume DF419.',
    example: 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/app .',
  },
  {
    code: 'DF420',
    name: 'not-guarded',
    severity: 'note',
    message: 'the split carries no check of its own: {reason}',
    help: 'dfsplit verify proves it on an engine.',
    example: 'FROM golang:1.25\nCOPY . /src\nRUN cd /src && go build -o /app\nONBUILD COPY . /data\nCMD ["/app"]',
  },
  {
    code: 'DF421',
    name: 'argument-default',
    severity: 'note',
    message: 'what the runtime stage copies is named with the default of ARG {name}, {value}: {paths}',
    help: 'A build with another value of {name} needs other copies: give dfsplit the value with --build-arg.',
    example: 'FROM golang:1.25\nARG OUT=/bin/app\nCOPY . /src\nRUN go build -C /src -o $OUT\nCMD ["/bin/app"]',
  },
  {
    code: 'DF422',
    name: 'programs-among-own',
    severity: 'assumption',
    message:
      "`{command}` puts programs and their data among the distribution's own in {path}; the container is assumed to use {programs} of them",
    help: 'Install into a virtual environment and nothing stays behind, or check what the application starts and use --assume DF422.',
    example:
      'FROM alpine:3.18\nRUN apk add --no-cache python3 py3-pip gcc musl-dev python3-dev\nRUN pip install gunicorn\nCOPY app.py /app/\nWORKDIR /app\nCMD ["gunicorn", "app:app"]',
  },
];
