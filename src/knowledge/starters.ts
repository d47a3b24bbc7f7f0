import { isShell, isTextFlag } from '../syntax/shell-name.ts';
import { isEssential } from './essential.ts';
import type { ImageFacts } from './image.ts';
import runners from './node/runners.ts';
import taskRunners from './node/task-runners.ts';
import type { Starter, Words } from './starter.ts';
import byServices from './starters/by-services.ts';
import bySettings from './starters/by-settings.ts';
import byWords from './starters/by-words.ts';

const byName = new Map(
  [...byWords, ...bySettings, ...byServices, ...runners, ...taskRunners].flatMap((one) =>
    one.programs.map((name) => [name, one] as const),
  ),
);

/** The starter that a program is; undefined for any other. */
export const starterOf = (program: string): Starter | undefined =>
  byName.get(program) ?? byName.get(program.slice(program.lastIndexOf('/') + 1));

const LEADS = /^(--|run|exec|run-program)$/;

/**
 * Places in the words of any program from which on a command of its own may stand: behind `--` and `run`, and where a starter or a shell with
 * its text is named.
 */
export const commandPlaces = (argv: Words): readonly number[] =>
  argv.flatMap((word, at) => {
    if (at === 0 || word === null) return [];
    const starter = starterOf(word);
    const isNamed = (starter !== undefined && starter.everyday !== true) || (isShell(word) && isTextFlag(argv[at + 1]));
    return isNamed || LEADS.test(argv[at - 1] ?? '') ? [at] : [];
  });

/**
 * Programs of packages that start no other, or none that their command line does not spell: https://nginx.org/en/docs/,
 * https://curl.se/docs/, https://jqlang.org/manual/, https://www.sqlite.org/cli.html, https://ffmpeg.org/ffmpeg.html, https://manpages.debian.org
 */
const ALONE = new Set(
  (
    'bc bunzip2 bzip2 curl dig envsubst ffmpeg ffprobe file gunzip gzip jq msgfmt nc nginx pg_isready ping ps redis-cli ' +
    'sqlite3 ss tree unxz unzip uuidgen wget xz zip'
  ).split(' '),
);

const isTold = (starter: Starter | undefined): boolean => starter !== undefined && starter.partly !== true;

/** What the program starts is told by its configuration, which is read, or it starts nothing by itself. */
export const startsNothingUntold = (program: string, image: ImageFacts | null): boolean =>
  isTold(starterOf(program)) ||
  ALONE.has(program) ||
  (image !== null && program !== 'perl' && isEssential(image, program));
