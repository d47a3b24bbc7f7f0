import type { CheckedFile, CheckedInstruction } from './read-file.ts';
import { rawWords } from './words.ts';

/** The flags of every instruction, as BuildKit's parser takes them: https://docs.docker.com/reference/dockerfile/ */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  ADD: ['chown', 'chmod', 'link', 'keep-git-dir', 'checksum', 'exclude', 'unpack'],
  ARG: [],
  CMD: [],
  COPY: ['from', 'chown', 'chmod', 'link', 'parents', 'exclude'],
  ENTRYPOINT: [],
  ENV: [],
  EXPOSE: [],
  FROM: ['platform'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
  LABEL: [],
  MAINTAINER: [],
  ONBUILD: [],
  RUN: ['mount', 'network', 'security', 'device'],
  SHELL: [],
  STOPSIGNAL: [],
  USER: [],
  VOLUME: [],
  WORKDIR: [],
};

/** What keeps a text from being a Dockerfile, each with its line. */
export function problemsOf(file: CheckedFile): string[] {
  const wrong: string[] = [];
  if (file.stages.length === 0) wrong.push('it has no FROM');
  const names = file.directives.map((one) => one.split('=', 1)[0]);
  if (new Set(names).size < names.length) wrong.push('it has a directive twice');
  if (!['\\', '`'].includes(file.escape)) wrong.push('its escape character is none');
  for (const { keyword, line } of file.globals)
    if (keyword !== 'ARG' && keyword in FLAGS) wrong.push(`line ${line}: ${keyword} stands before the first FROM`);
  for (const one of file.instructions)
    for (const what of problemsIn(one, file.escape)) wrong.push(`line ${one.line}: ${one.keyword} ${what}`);
  return wrong;
}

function problemsIn(one: CheckedInstruction, escape: string): string[] {
  const { keyword, triggers, rest, flags, heredocs } = one;
  if (!Object.hasOwn(FLAGS, keyword)) return ['is no instruction'];
  const wrong: string[] = [];
  if (triggers !== null && (!Object.hasOwn(FLAGS, triggers) || /^(ONBUILD|FROM|MAINTAINER)$/.test(triggers)))
    wrong.push('triggers what it cannot');
  const known = FLAGS[triggers ?? keyword] ?? [];
  for (const [name] of flags) if (!known.includes(name)) wrong.push(`has no flag --${name}`);
  for (const { name, closed } of heredocs) if (!closed) wrong.push(`has a heredoc ${name} that is not closed`);
  if (triggers !== null) return wrong;
  const words = rest.split(/\s+/);
  if (rest === '') wrong.push('has no arguments');
  else if (keyword === 'FROM') {
    if (words.length !== 1 && words.length !== 3) wrong.push('names more than an image');
    else if (words.length === 3 && words[1]?.toUpperCase() !== 'AS') wrong.push('names a stage without AS');
  } else if ((keyword === 'COPY' || keyword === 'ADD') && words.length < 2 && !rest.startsWith('['))
    wrong.push('has no target');
  else if (keyword === 'ENV' || keyword === 'LABEL') {
    const pairs = rawWords(rest, escape);
    const bare = pairs.find((word) => !word.includes('='));
    if (bare !== undefined && (pairs.length < 2 || bare !== pairs[0])) wrong.push(`has ${bare} without a value`);
  }
  return wrong;
}
