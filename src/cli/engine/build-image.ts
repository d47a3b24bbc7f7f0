import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Engine } from './engine.ts';
import { LABEL, type Session } from './session.ts';

/** What is handed on to the engine's own build command. */
export interface BuildOptions {
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly ssh: readonly string[];
  readonly platform: string | null;
  readonly network: string | null;
  readonly noCache: boolean;
  readonly pull: boolean;
  readonly timeLimit: number;
}

export interface BuildRequest {
  /** `before`, `after` or `base`. */
  readonly role: string;
  readonly text: string;
  /** Where the file came from: its name and its own .dockerignore are kept. */
  readonly path: string;
  readonly context: string;
  readonly target: string | null;
}

export type Built =
  | { readonly image: string; readonly output: string }
  | { readonly image: null; readonly output: string; readonly timedOut: boolean };

/** Builds a text as a Dockerfile of the context. The image is tagged for this session and removed with it. */
export async function buildImage(
  engine: Engine,
  request: BuildRequest,
  options: BuildOptions,
  session: Session,
): Promise<Built> {
  const own = `${request.role}-${session.next()}`;
  const folder = join(session.folder, own);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, request.path === '-' ? 'Dockerfile' : basename(request.path));
  writeFileSync(file, request.text);
  if (existsSync(`${request.path}.dockerignore`)) copyFileSync(`${request.path}.dockerignore`, `${file}.dockerignore`);
  const name = (basename(resolve(request.context)) || 'image')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const image = `dfsplit-verify/${name || 'image'}:${own}-${session.id}`;
  const remove = engine.name === 'buildah' ? ['rmi', '--force', image] : ['image', 'rm', '--force', image];
  session.undo(() => engine.tidy(remove, 60));
  const flag = (word: string, values: readonly (string | null)[]): string[] =>
    values.flatMap((value) => (value === null ? [] : [word, value]));
  const args = [
    ...command(engine),
    ...['--file', file, '--tag', image, '--label', `${LABEL}=${session.id}`],
    ...flag('--target', [request.target]),
    ...flag(
      '--build-arg',
      Object.entries(options.buildArgs).map(([key, value]) => `${key}=${value}`),
    ),
    ...flag('--secret', options.secrets),
    ...flag('--ssh', options.ssh),
    ...flag('--platform', [options.platform]),
    ...flag('--network', [options.network]),
    ...(options.noCache ? ['--no-cache'] : []),
    ...(options.pull ? ['--pull'] : []),
    request.context,
  ];
  const ended = await engine.call(args, options.timeLimit, session.write);
  if (ended.exitCode === 0) return { image, output: ended.output };
  return { image: null, output: ended.output, timedOut: ended.timedOut };
}

function command({ name, buildx }: Engine): string[] {
  if (name === 'docker') return buildx ? ['buildx', 'build', '--load', '--progress', 'plain'] : ['build'];
  // Health checks, shells and triggers are kept in Docker's format alone.
  return ['build', '--format', 'docker', '--layers'];
}
