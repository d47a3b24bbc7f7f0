import { withoutMirror } from '../../knowledge/images/mirrors.ts';
import { describeImage, imageNames } from '../../knowledge/images.ts';
import type { OwnKnowledge } from '../../knowledge/own.ts';
import { describeAnyImage } from '../../knowledge/own-image.ts';
import { imageName } from '../../syntax/paths.ts';
import { meantRuntime, wrongAssumption } from '../choices.ts';
import { suggested } from '../suggest.ts';
import type { Config } from './schema.ts';

/** Something that is wrong in a configuration. */
export interface Mistake {
  /** The way to the value. */
  readonly keys: readonly (string | number)[];
  /** The key is wrong, not its value. */
  readonly isKey: boolean;
  readonly what: string;
}

/** What the form of a configuration does not show: names that nothing stands behind. */
export function mistakesIn(config: Config): readonly Mistake[] {
  const found: Mistake[] = [];
  const say = (keys: Mistake['keys'], what: string, isKey = false): unknown => found.push({ keys, isKey, what });
  checkChoices(config, [], say);
  for (const [index, override] of (config.overrides ?? []).entries()) checkChoices(override, ['overrides', index], say);
  for (const [registry, mirror] of Object.entries(config.mirrors ?? {})) {
    const wrong = wrongRegistry(registry);
    if (wrong !== null) say(['mirrors', registry], wrong, true);
    if (/^\w+:\/\/|\s|\/$/.test(mirror))
      say(
        ['mirrors', registry],
        `${mirror}: say the host and the path, as in front of an image: registry.example.com/hub`,
      );
  }
  checkImages(config, say);
  checkCommands(config, say);
  return found;
}

type Say = (keys: Mistake['keys'], what: string, isKey?: boolean) => unknown;

function checkChoices(
  { assume, runtime = 'auto' }: Pick<Config, 'assume' | 'runtime'>,
  keys: Mistake['keys'],
  say: Say,
): void {
  const meant = meantRuntime(runtime);
  if (meant !== null) say([...keys, 'runtime'], `${runtime} is no runtime: did you mean ${JSON.stringify(meant)}?`);
  for (const [index, code] of (Array.isArray(assume) ? assume : []).entries()) {
    const wrong = wrongAssumption(code);
    if (wrong !== null) say([...keys, 'assume', index], wrong);
  }
}

const REGISTRIES = [
  'docker.io',
  'gcr.io',
  'ghcr.io',
  'quay.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
  'registry.k8s.io',
];

function wrongRegistry(name: string): string | null {
  if (/^[\w-]+((\.[\w-]+)+(:\d+)?|:\d+)$|^localhost$/.test(name)) return null;
  const meant = suggested(name, REGISTRIES);
  return `${name} is no registry, whose name has a dot or a port${meant === null ? '' : `: did you mean ${JSON.stringify(meant)}?`}`;
}

function checkImages({ knowledge, mirrors = {} }: Config, say: Say): void {
  const images = (knowledge?.images ?? []) as OwnKnowledge['images'];
  const own: OwnKnowledge = { images, commands: [], packages: [], mirrors };
  for (const [index, { image, like, smaller }] of images.entries()) {
    const at = ['knowledge', 'images', index];
    if (image.split('*').length > 2) say([...at, 'image'], `${image}: one * at most, which stands for any tag`);
    if (like !== undefined) {
      const wrong = unknownLike(withoutMirror(like, mirrors));
      if (wrong !== null) say([...at, 'like'], wrong);
    }
    for (const [place, one] of smaller.entries())
      if (!one.includes('{tag}') && describeAnyImage(one, own) === null)
        say([...at, 'smaller', place], `nothing is known of ${one}: give it an entry of its own`);
  }
}

function unknownLike(like: string): string | null {
  const name = imageName(like);
  // Which tags there will be is not known here; the name is.
  if (name.includes('{tag}') || describeImage(like.includes('{tag}') ? name : like) !== null) return null;
  const meant = suggested(name, imageNames);
  return `dfsplit knows no image ${like}${meant === null || meant === name ? '' : `: did you mean ${JSON.stringify(meant)}?`}`;
}

function checkCommands({ knowledge }: Config, say: Say): void {
  for (const [index, { effects }] of (knowledge?.commands ?? []).entries())
    for (const [place, effect] of effects.entries())
      for (const [key, value] of Object.entries(effect))
        for (const [hole, name = ''] of [value]
          .flat()
          .join(' ')
          .matchAll(/\{([\w-]+)\}/g))
          if (!/^(cwd|home|[1-9]\d*|--?\w[\w-]*)$/.test(name))
            say(
              ['knowledge', 'commands', index, 'effects', place, key],
              `${hole} is nothing that a call tells: say {cwd}, {home}, {1} for the first operand, or {--flag} for its value`,
            );
}
