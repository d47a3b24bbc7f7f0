import { setTimeout } from 'node:timers/promises';
import type { CommandResult, Observation } from '../../verify/behaviour.ts';
import { makeContainer } from './container.ts';
import type { Engine } from './engine.ts';
import { LABEL, type Session } from './session.ts';
import { POLL, retriedUntil, testOf, type Watch } from './watch.ts';

interface State {
  readonly Status: string;
  readonly ExitCode: number;
}

/** Starts a container of the image and looks at it from outside; null with the engine's words where it does not start. */
export async function observe(engine: Engine, watch: Watch, session: Session): Promise<Observation | string> {
  const network = watch.network === null ? [] : ['--network', watch.network];
  // The health check is run once, by us: the engine's own runs would show in what the program prints.
  const container = await makeContainer(engine, watch.image, [], [...network, '--no-healthcheck'], session);
  if (typeof container === 'string') return container;
  const { id, remove } = container;
  try {
    const started = await engine.call(['start', id], 60);
    if (started.exitCode !== 0) return started.output.trim();
    const until = Date.now() + watch.seconds * 1000;
    const exec = (argv: readonly string[]) => retried(engine, ['exec', id, ...argv], id, until);
    const test = testOf(watch.config);
    const health = test === null ? null : await exec(test);
    const command = watch.command === null ? null : await commandIn(engine, id, watch, session, until);
    let state = await stateOf(engine, id);
    while (state.Status === 'running' && Date.now() < until) {
      await setTimeout(POLL, null, { signal: session.signal });
      state = await stateOf(engine, id);
    }
    const running = state.Status === 'running';
    const ports = running && watch.network !== 'host' ? await openPorts(engine, id, watch.helper, session) : null;
    const { output } = await engine.call(['logs', id], 60);
    return { exitCode: running ? null : state.ExitCode, output, ports, health: health?.exitCode ?? null, command };
  } finally {
    await remove();
  }
}

async function commandIn(
  engine: Engine,
  id: string,
  { command, helper, seconds }: Watch,
  session: Session,
  until: number,
): Promise<CommandResult | null> {
  const [program = '', ...rest] = command?.argv ?? [];
  if (command?.inside) return retried(engine, ['exec', id, program, ...rest], id, until);
  const beside = [
    'run',
    '--rm',
    '--no-healthcheck',
    '--network',
    `container:${id}`,
    '--label',
    `${LABEL}=${session.id}`,
  ];
  return retried(
    engine,
    [...beside, '--entrypoint', program, helper, ...rest],
    id,
    Math.max(until, Date.now() + seconds),
  );
}

const retried = (engine: Engine, args: readonly string[], id: string, until: number): Promise<CommandResult> =>
  retriedUntil(
    () => engine.call(args, 30),
    until,
    async () => (await stateOf(engine, id)).Status === 'running',
  );

async function stateOf(engine: Engine, id: string): Promise<State> {
  const { stdout, exitCode } = await engine.call(['container', 'inspect', '--format', '{{json .State}}', id], 60);
  return exitCode === 0 ? (JSON.parse(stdout) as State) : { Status: 'gone', ExitCode: -1 };
}

/** Sockets that listen, as the kernel lists them in the container's own network; null where it cannot be asked. */
async function openPorts(engine: Engine, id: string, helper: string, session: Session): Promise<string[] | null> {
  const beside = [
    'run',
    '--rm',
    '--no-healthcheck',
    '--network',
    `container:${id}`,
    '--user',
    '0',
    '--label',
    `${LABEL}=${session.id}`,
  ];
  const files = ['tcp', 'tcp6', 'udp', 'udp6'].map((name) => `/proc/net/${name}`);
  const { stdout } = await engine.call([...beside, '--entrypoint', 'cat', helper, ...files], 60);
  return stdout.includes('local_address') ? listeningPorts(stdout) : null;
}

/** https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html */
export function listeningPorts(table: string): string[] {
  const found = new Set<string>();
  let tables = 0;
  for (const line of table.split('\n')) {
    if (line.includes('local_address')) tables++;
    const [, port = '', state] =
      /^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2})/.exec(line) ?? [];
    const number = Number.parseInt(port, 16);
    if (tables <= 2 && state === '0A') found.add(`tcp ${number}`);
    // A socket that only sends has a number of the upper range.
    if (tables > 2 && state === '07' && number < 32768) found.add(`udp ${number}`);
  }
  return [...found].sort();
}
