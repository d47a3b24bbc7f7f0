import type { SplitPlan } from '../analyze/plan.ts';
import { obstacleText } from '../diagnostics/obstacles.ts';
import { packageFacts } from '../knowledge/packages.ts';
import { isWithin } from '../syntax/paths.ts';
import { isState } from './belongings.ts';
import type { InstalledPackage } from './installed.ts';

/** Why the runtime image has what it has, as far as the plan decided it. */
export interface Origins {
  /** What is carried over, and what would leave a part of it behind; the first that fits counts. */
  readonly paths: readonly { readonly path: string; readonly says: string }[];
  /** What a package is there for by itself; null of one that the file does not install. */
  readonly named: (name: string) => string | null;
  /** Of the image that the container runs on. */
  readonly image: string;
}

/** The knowledge behind a plan: each of its decisions that keeps something names the entry that it rests on. */
export function originsOf({ carries, choice, diagnostics, system, understanding }: SplitPlan): Origins {
  const { image, facts } = choice.candidate;
  const smaller = choice.passed.at(-1);
  const passed = smaller === undefined ? '' : `; not ${smaller.image}: ${obstacleText(smaller.why, smaller.what)}`;
  const installed = new Set([...system.kept, ...choice.packages]);
  const release = facts.release ?? understanding.image?.release ?? null;
  return {
    paths: [
      ...diagnostics.flatMap(({ code, args }) =>
        code === 'DF415' && args.folder !== undefined
          ? [{ path: args.folder, says: `${args.drop} drops ${args.packages} (DF415)` }]
          : [],
      ),
      ...carries.map(({ path, why, entry }) => ({ path, says: `${why} (${entry})` })),
    ],
    named: (name) => (installed.has(name) ? packageHint(facts.distribution ?? 'debian', release, name) : null),
    image: `comes with ${image} (images/${facts.family})${passed}`,
  };
}

type Distribution = Parameters<typeof packageFacts>[0];

function packageHint(distribution: Distribution, release: string | null, name: string): string {
  const { role, runtime, purpose, entry } = packageFacts(distribution, release, name);
  if (role === 'build') return `kept although it serves building: dfsplit explain tells why (${entry})`;
  if (role === 'development-library')
    return runtime === null
      ? `kept whole, for its library in this release is not known: (${entry})`
      : `a development package; ${runtime.join(' ') || 'nothing'} would do (${entry})`;
  return purpose === null
    ? `the file installs it, and nobody knows for what: "packages" in dfsplit.config.json tells (${entry})`
    : `the file installs it: ${purpose} (${entry})`;
}

/** For each package, why it is there: it comes with the image, the file installs it, or another one brings it along. */
export function packageReasons(
  installed: ReadonlyMap<string, InstalledPackage>,
  origins: Origins,
): Map<string, string> {
  const reasons = new Map<string, string>();
  /** Whom what a package needs is there for. */
  const behind = new Map<string, string>();
  const providers = new Map<string, string>();
  for (const { name, provides } of installed.values()) for (const one of provides) providers.set(one, name);
  const reach = (wanted: string, says: string, root: string | null): readonly string[] => {
    const name = installed.has(wanted) ? wanted : (providers.get(wanted) ?? '');
    if (!installed.has(name) || reasons.has(name)) return [];
    reasons.set(name, says);
    behind.set(name, root ?? name);
    return [name];
  };
  const needs = (from: readonly string[]): readonly string[] => {
    const all = [...from];
    for (const at of all)
      for (const one of installed.get(at)?.depends ?? []) {
        const root = behind.get(at) ?? at;
        all.push(...reach(one, reasons.get(at) === origins.image ? origins.image : `${root} brings it along`, root));
      }
    return all;
  };
  needs([...installed.values()].flatMap(({ name, essential }) => (essential ? reach(name, origins.image, null) : [])));
  const named = [...installed.keys()].flatMap((name) => {
    const says = origins.named(name);
    return says === null ? [] : reach(name, says, null);
  });
  // What is needed by anything is not there for a recommendation alone.
  const all = [...needs(named)];
  for (const at of all)
    for (const one of installed.get(at)?.recommends ?? [])
      all.push(...needs(reach(one, `${at} recommends it: --no-install-recommends leaves it out`, null)));
  return reasons;
}

/** What a package manager makes again when it is asked to. */
const CLEARED = /^\/var\/(cache|lib\/apt\/lists)(\/|$)/;

/** What keeps a folder or a file of no package in the image; `owner` is a package that has files beside it. */
export function pathReason(path: string, { paths, image }: Origins, owner: string | null): string {
  if (isState(path))
    return CLEARED.test(path)
      ? 'a cache: the RUN that installs can clear it'
      : 'what the package manager keeps for itself';
  const known = paths.find((one) => isWithin(path, one.path) || isWithin(one.path, path));
  return known?.says ?? (owner === null ? image : `made for the package ${owner} when it was installed`);
}
