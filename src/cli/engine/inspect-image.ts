import type { HealthCheck, ImageConfig } from '../../verify/image.ts';
import type { Engine } from './engine.ts';
import { LABEL } from './session.ts';

/** What the engine says of an image without looking into it. */
export interface Inspected {
  readonly id: string;
  readonly config: ImageConfig;
  /** null where the engine does not tell. */
  readonly size: number | null;
  readonly layers: number;
}

interface RawHealth {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

interface RawConfig {
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly Env?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Healthcheck?: RawHealth | null;
  readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
  readonly Volumes?: Readonly<Record<string, unknown>> | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly StopSignal?: string;
  readonly Shell?: readonly string[] | null;
  readonly OnBuild?: readonly string[] | null;
}

interface Raw {
  readonly Id: string;
  readonly Size?: number;
  readonly Author?: string;
  readonly Os?: string;
  readonly Architecture?: string;
  readonly Config?: RawConfig;
  /** Podman keeps it beside the configuration. */
  readonly Healthcheck?: RawHealth | null;
  readonly RootFS?: { readonly Layers?: readonly string[] };
}

/** The configuration of an image. Throws where the engine does not know it. */
export async function inspectImage(engine: Engine, image: string): Promise<Inspected> {
  const question = engine.name === 'buildah' ? ['inspect', '--type', 'image', image] : ['image', 'inspect', image];
  const { exitCode, stdout, output } = await engine.call(question, 60);
  if (exitCode !== 0) throw new Error(`${engine.name} inspect ${image}: ${output.trim()}`);
  const raw = engine.name === 'buildah' ? fromBuildah(JSON.parse(stdout)) : (JSON.parse(stdout) as Raw[])[0];
  if (raw === undefined) throw new Error(`${engine.name} knows no image ${image}`);
  return { id: raw.Id, config: readConfig(raw), size: raw.Size ?? null, layers: raw.RootFS?.Layers?.length ?? 0 };
}

/** Buildah prints the document that Docker keeps of an image, and knows no sum of its layers. */
interface BuildahImage {
  readonly FromImageID: string;
  readonly Docker: {
    readonly author?: string;
    readonly os?: string;
    readonly architecture?: string;
    readonly config?: RawConfig;
    readonly rootfs?: { readonly diff_ids?: readonly string[] };
  };
}

const fromBuildah = ({ FromImageID, Docker }: BuildahImage): Raw => ({
  Id: FromImageID,
  Author: Docker.author ?? '',
  Os: Docker.os ?? '',
  Architecture: Docker.architecture ?? '',
  Config: Docker.config ?? {},
  RootFS: { Layers: Docker.rootfs?.diff_ids ?? [] },
});

function readConfig(raw: Raw): ImageConfig {
  const config = raw.Config ?? {};
  const names = (map: Readonly<Record<string, unknown>> | null | undefined): string[] => Object.keys(map ?? {}).sort();
  const list = (words: readonly string[] | null | undefined): readonly string[] | null =>
    words === null || words === undefined || words.length === 0 ? null : words;
  // root is who runs a container that names nobody.
  const user = (config.User ?? '').replace(/^(root|0)(:(root|0))?$/, '');
  return {
    user,
    workdir: config.WorkingDir || '/',
    env: new Map(
      (config.Env ?? []).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    ),
    cmd: list(config.Cmd),
    entrypoint: list(config.Entrypoint),
    healthcheck: readHealth(config.Healthcheck ?? raw.Healthcheck ?? null),
    ports: names(config.ExposedPorts),
    volumes: names(config.Volumes),
    labels: new Map(
      Object.entries(config.Labels ?? {}).filter(([name]) => name !== LABEL && !/^io\.buildah\./.test(name)),
    ),
    stopSignal: config.StopSignal || null,
    shell: list(config.Shell),
    onBuild: config.OnBuild ?? [],
    author: raw.Author || null,
    platform: `${raw.Os ?? ''}/${raw.Architecture ?? ''}`,
  };
}

function readHealth(raw: RawHealth | null): HealthCheck | null {
  if (raw === null || raw.Test === undefined || raw.Test.length === 0) return null;
  const { Interval = 0, Timeout = 0, StartPeriod = 0, StartInterval = 0, Retries = 0 } = raw;
  return { test: raw.Test, timing: [Interval, Timeout, StartPeriod, StartInterval, Retries].join(' ') };
}
