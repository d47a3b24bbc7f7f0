import type { CheckedFile, CheckedInstruction } from './read-file.ts';

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
  for (const { keyword, line } of file.globals)
    if (keyword !== 'ARG' && keyword in FLAGS) wrong.push(`line ${line}: ${keyword} stands before the first FROM`);
  for (const one of file.instructions)
    for (const what of problemsIn(one)) wrong.push(`line ${one.line}: ${one.keyword} ${what}`);
  return wrong;
}

function problemsIn(one: CheckedInstruction): string[] {
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
  else if (keyword === 'ENV' && words.length < 2 && !words[0]?.includes('=')) wrong.push('has a name without a value');
  return wrong;
}
