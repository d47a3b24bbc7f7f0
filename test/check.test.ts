import { expect, test } from 'vitest';
import { checkSplit } from '../src/transform/check.ts';

const input = `# syntax=docker/dockerfile:1
FROM golang:1.25
ARG REV=dev
# what it is
LABEL rev=$REV
ENV MODE=quiet
WORKDIR /src
COPY . .
RUN go build -o /app .
USER 65532
EXPOSE 80
CMD ["/app"]
`;
const output = `# syntax=docker/dockerfile:1
FROM golang:1.25 AS build
ARG REV=dev
ENV MODE=quiet
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM scratch
ARG REV=dev
# what it is
LABEL rev=$REV
ENV MODE=quiet
WORKDIR /src
COPY --from=build /app /app
USER 65532
EXPOSE 80
CMD ["/app"]
`;

test('a right split passes', () => {
  expect(checkSplit(input, output, 0)).toEqual([]);
});

const last = (text: string, was: string, is: string): string => {
  const at = text.lastIndexOf(was);
  expect(at, was).toBeGreaterThanOrEqual(0);
  return text.slice(0, at) + is + text.slice(at + was.length);
};

test.each([
  ['a comment is gone', '# what it is\n', ''],
  ['a directive is gone', '# syntax=docker/dockerfile:1\n', ''],
  ['an instruction is reprinted', 'RUN go build -o /app .', 'RUN  go build -o /app .'],
  ['a variable is missing', 'ENV MODE=quiet\n', ''],
  ['a label is missing', 'LABEL rev=$REV\n', ''],
  ['a label stands twice', 'LABEL rev=$REV\n', 'LABEL rev=$REV\nLABEL x=1\n'],
  ['an argument is not declared where it is read', 'ARG REV=dev\n', ''],
  ['the working folder is another', 'WORKDIR /src', 'WORKDIR /'],
  ['the account is another', 'USER 65532', 'USER 0'],
  ['the command is another', 'CMD ["/app"]', 'CMD ["/app", "-v"]'],
  ['a port is missing', 'EXPOSE 80\n', ''],
  ['a reference is an index', '--from=build', '--from=0'],
  ['a reference names no stage', '--from=build', '--from=builder'],
  ['a copy changes its place', '/app /app', '/app /usr/bin/app'],
  ['the stage name is not valid', 'AS build', 'AS Scratch-'],
  ['there is no new stage', '\nFROM scratch\n', '\n'],
  ['it does not parse', 'EXPOSE 80', 'EXPOSSE 80'],
  ['the line breaks are mixed', 'EXPOSE 80\n', 'EXPOSE 80\r\n'],
])('it fails where %s', (_, was, is) => {
  expect(checkSplit(input, last(output, was, is), 0)).not.toEqual([]);
});
