import { usageError } from '../usage-error.ts';
import { type Ended, runProgram } from './process.ts';
import { LABEL, type Session } from './session.ts';

export const ENGINES = ['docker', 'podman', 'buildah'] as const;
export type EngineName = (typeof ENGINES)[number];

/** A container engine, spoken to through its own client. */
export interface Engine {
  readonly name: EngineName;
  readonly version: string;
  /** Docker has its BuildKit client. */
  readonly buildx: boolean;
  readonly call: Call;
  /** The same for what an interrupted session has to put in order: nothing ends it. */
  readonly tidy: Call;
}

type Call = (args: readonly string[], seconds?: number, listen?: (chunk: string) => void) => Promise<Ended>;

/** Questions about an engine are answered at once or not at all. */
const SECONDS_TO_ANSWER = 20;
const VERSION: Readonly<Record<EngineName, readonly string[]>> = {
  docker: ['version', '--format', '{{.Server.Version}}'],
  podman: ['version', '--format', '{{.Version}}'],
  buildah: ['version', '--json'],
};

/** The engine that was named, or the first of docker, podman and buildah that answers. */
export async function findEngine(choice: EngineName | null, session: Session): Promise<Engine> {
  const silent: string[] = [];
  for (const name of choice === null ? ENGINES : [choice]) {
    const call = callOf(name, session, session.signal);
    const answer = await call(VERSION[name], SECONDS_TO_ANSWER);
    if (answer.exitCode === 0) {
      if (name === 'docker' && /podman/i.test((await call(['--version'], SECONDS_TO_ANSWER)).stdout)) {
        silent.push('docker: is podman under another name, and is spoken to as podman');
        continue;
      }
      const buildx = name === 'docker' && (await call(['buildx', 'version'], SECONDS_TO_ANSWER)).exitCode === 0;
      const version = /\d{1,9}\.\d[\w.+-]*/.exec(answer.stdout)?.[0] ?? '';
      const tidy = callOf(name, session, new AbortController().signal);
      if (name !== 'buildah') session.undo(() => removeContainers(tidy, session));
      return { name, version, buildx, call, tidy };
    }
    silent.push(`${name}: ${answer.notFound ? 'not installed' : reasonIn(answer)}`);
  }
  throw usageError(
    `no container engine answers (${silent.join('; ')}). Start one (for Docker: systemctl start docker, or Docker Desktop), point DOCKER_HOST at it, or install podman or buildah; --engine chooses one`,
  );
}

/** A container that was being made when the session was interrupted is known by its label alone. */
async function removeContainers(tidy: Call, session: Session): Promise<void> {
  const { stdout } = await tidy(['ps', '--all', '--quiet', '--filter', `label=${LABEL}=${session.id}`], 60);
  const ids = stdout.split('\n').filter((id) => id !== '');
  if (ids.length > 0) await tidy(['rm', '--force', '--volumes', ...ids], 60);
}

const reasonIn = ({ output, timedOut }: Ended): string =>
  timedOut ? 'gives no answer' : (output.trim().split('\n').at(-1) ?? '').slice(0, 160);

function callOf(name: EngineName, session: Session, signal: AbortSignal): Call {
  return async (args, seconds, listen) => {
    const start = performance.now();
    session.write(`$ ${name} ${args.join(' ')}\n`);
    const ended = await runProgram(name, args, {
      signal,
      // Attestations would make an index of what is one image.
      environment: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1', DOCKER_CLI_HINTS: 'false' },
      ...(seconds === undefined ? {} : { seconds }),
      ...(listen === undefined ? {} : { listen }),
    });
    if (ended.exitCode !== 0) session.write(`${ended.output}\n[exit code ${ended.exitCode}]\n`);
    session.write(`[${((performance.now() - start) / 1000).toFixed(1)} s]\n`);
    return ended;
  };
}
