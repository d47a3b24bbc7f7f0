import { isTransparent, runsCommand } from '../../knowledge/entrypoints.ts';
import type { Command, Configuration, StageModel } from './stage-model.ts';

/** What the containers of both stages are started with is the same, what their images contribute included. */
export function checkConfiguration(old: StageModel, runtime: StageModel, reported: ReadonlySet<string>): string[] {
  const [was, is] = [old.configuration, runtime.configuration];
  const wrong: string[] = [];
  const differs = (keyword: string, before: string | null, after: string | null): void => {
    if (before !== null && after !== null && before !== after)
      wrong.push(`${keyword} of the container is ${after} and was ${before}`);
  };
  if (!reported.has('DF404')) differs('WORKDIR', was.workdir, is.workdir);
  differs('USER', plainUser(was.user), plainUser(is.user));
  if (!reported.has('DF407') && !onlyRunCommand(old, runtime))
    differs('ENTRYPOINT', started(was, was.entrypoint), started(is, is.entrypoint));
  differs('CMD', started(was, was.cmd), started(is, is.cmd));
  differs('HEALTHCHECK', started(was, was.healthcheck), started(is, is.healthcheck));
  differs('STOPSIGNAL', was.stopSignal ?? '', is.stopSignal ?? '');
  differs('SHELL', JSON.stringify(was.shell), JSON.stringify(is.shell));
  // Volumes and ports of an image that only builds are about the build.
  const lost = (own: ReadonlySet<string>, image: readonly string[]): string[] =>
    // A value that is not known may be written otherwise: the line itself is accounted for elsewhere.
    [...own].filter((one) => !one.includes('$') && (!old.facts?.toolchain || !image.includes(one)));
  for (const one of lost(was.exposes, old.facts?.exposes ?? []))
    if (!is.exposes.has(one)) wrong.push(`EXPOSE ${one} does not reach the container`);
  for (const one of lost(was.volumes, old.facts?.volumes ?? []))
    if (!is.volumes.has(one)) wrong.push(`VOLUME ${one} does not reach the container`);
  return [...wrong, ...checkEnv(old, runtime)];
}

/** Both images have a script that prepares something and runs the author's CMD as it is, or nothing at all. */
function onlyRunCommand(old: StageModel, runtime: StageModel): boolean {
  return [old, runtime].every(({ facts, configuration: { entrypoint, cmd, env, shell } }) => {
    const words = facts?.entrypoint ?? null;
    const own = entrypoint !== undefined && entrypoint !== null && 'exec' in entrypoint ? entrypoint.exec : null;
    const isImages = entrypoint !== null && JSON.stringify(own) === JSON.stringify(words);
    const isSet = (name: string): boolean => env.has(name) && env.get(name) !== facts?.env[name];
    const program = cmd == null ? undefined : 'exec' in cmd ? cmd.exec[0] : shell[0];
    const runs = program !== undefined && runsCommand(words, program) && isTransparent(words, isSet);
    return facts !== null && isImages && runs;
  });
}

const plainUser = (user: string | null): string | null => (user === null ? null : user.replace(/^root(?=:|$)/, '0'));

function started({ shell }: Configuration, command: Command | null | undefined): string | null {
  if (command === null) return null;
  if (command === undefined) return 'none';
  return JSON.stringify('exec' in command ? command.exec : [...shell, command.line]);
}

/**
 * Variables that the author states have the same value. Of those that only the image sets, the ones that programs go by; the
 * others tell of a toolchain. The PATH has the author's folders in the author's order.
 */
function checkEnv(old: StageModel, runtime: StageModel): string[] {
  const wrong: string[] = [];
  const [was, is] = [old.configuration.env, runtime.configuration.env];
  const programs = new Set(old.facts?.programVariables);
  for (const [name, value] of was) {
    if (name === 'PATH' || value === null) continue;
    const now = is.get(name);
    const theirs = runtime.facts?.env[name];
    const matters = value !== old.facts?.env[name] || (programs.has(name) && (value !== '' || theirs !== undefined));
    if (now === undefined ? matters : now !== null && now !== value && (matters || now !== theirs))
      wrong.push(`ENV ${name} of the container is ${now ?? 'not set'} and was ${value}`);
  }
  const [before, after] = [was.get('PATH'), is.get('PATH')];
  if (before == null || after == null) return wrong;
  const image = new Set((old.facts?.env.PATH ?? '').split(':'));
  const now = after.split(':');
  let at = 0;
  for (const folder of before.split(':').filter((one) => !image.has(one))) {
    const next = now.indexOf(folder, at);
    if (next < 0) wrong.push(`${folder} is not on the PATH of the container`);
    else at = next;
  }
  return wrong;
}
