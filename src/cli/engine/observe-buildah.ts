import type { Observation } from '../../verify/behaviour.ts';
import { makeContainer } from './container.ts';
import type { Engine } from './engine.ts';
import type { Ended } from './process.ts';
import type { Session } from './session.ts';
import { retriedUntil, testOf, type Watch } from './watch.ts';

/**
 * Buildah runs commands in a container and starts none: the command of the image is run until it ends or the time is over.
 * A check from beside reaches it through the network of the host alone.
 */
export async function observeBuildah(engine: Engine, watch: Watch, session: Session): Promise<Observation | string> {
  const { config, network, seconds } = watch;
  const argv = [...(config.entrypoint ?? []), ...(config.cmd ?? [])];
  if (argv.length === 0) return 'the image states no command';
  const container = await makeContainer(engine, watch.image, [], [], session);
  if (typeof container === 'string') return container;
  const options = network === null ? [] : ['--network', network];
  const run = (words: readonly string[], most: number): Promise<Ended> =>
    engine.call(['run', '--terminal=false', ...options, container.id, '--', ...words], most);
  try {
    const until = Date.now() + seconds * 1000;
    let ended = false;
    const running = run(argv, seconds).finally(() => {
      ended = true;
    });
    const check = (words: readonly string[]) =>
      retriedUntil(
        () => run(words, 30),
        until,
        async () => !ended,
      );
    const test = testOf(config);
    const beside = network === 'host';
    const health = beside && test !== null ? await check(test) : null;
    const command = beside && watch.command !== null ? await check(watch.command.argv) : null;
    const { exitCode, output, timedOut } = await running;
    return {
      exitCode: timedOut ? null : exitCode,
      output: withoutBuildah(output),
      ports: null,
      health: health?.exitCode ?? null,
      command: command === null ? null : { ...command, output: withoutBuildah(command.output) },
    };
  } finally {
    await container.remove();
  }
}

/** What buildah says itself of the end of a command. */
const withoutBuildah = (output: string): string =>
  output.replace(
    /^(time="[^"]*" level=\w+ msg=.*|container exited on .*|error running container: .*|(Error: )?(while running runtime: )?exit status \d+)\n?/gm,
    '',
  );
