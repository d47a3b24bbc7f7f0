import type { SplitPlan } from '../analyze/plan.ts';
import type { RecordClass } from '../analyze/records.ts';
import { type Origins, originsOf } from './hints.ts';

/** What the plan of a split promises of the container's file system. */
export interface Expectation {
  /** Carried over with all that lies in it. */
  readonly carried: readonly string[];
  /** Made again by a RUN of the runtime stage. */
  readonly remade: readonly string[];
  /** What stays behind, with the reason. */
  readonly left: readonly { readonly path: string; readonly tree: boolean; readonly why: GoneReason }[];
  readonly packages: readonly string[];
  readonly droppedPackages: readonly string[];
  /** What its programs may ask the image for. */
  readonly data: {
    readonly certificates: boolean;
    readonly timeZones: boolean;
    readonly accounts: boolean;
    readonly temporary: boolean;
  };
  /** Folders whose owner and mode a program may rely on. */
  readonly folders: readonly string[];
  /** Why the rest is there; null where nobody decided it. */
  readonly origins: Origins | null;
}

export type GoneReason =
  | 'toolchain'
  | 'package manager'
  | 'caches'
  | 'sources'
  | 'build dependencies'
  | 'build results not used'
  | 'documentation';

const REASONS: Readonly<Record<RecordClass, GoneReason>> = {
  context: 'sources',
  data: 'build results not used',
  artifact: 'build results not used',
  'program-folder': 'build results not used',
  'in-place': 'sources',
  dependencies: 'build dependencies',
  intermediate: 'build results not used',
  cache: 'caches',
  toolchain: 'toolchain',
  superseded: 'build results not used',
};

/** Where references were only renamed, all of the image is as it was. */
export const wholeImage: Expectation = {
  carried: ['/'],
  remade: [],
  left: [],
  packages: [],
  droppedPackages: [],
  data: { certificates: false, timeZones: false, accounts: false, temporary: false },
  folders: [],
  origins: null,
};

/** The promises of a plan. */
export function expectationOf(plan: SplitPlan): Expectation {
  const { carry, system, choice, understanding, restated } = plan;
  const { traits } = carry;
  const asked = (ask: (known: NonNullable<typeof traits>) => boolean): boolean =>
    carry.compiled && (traits === null || ask(traits));
  return {
    carried: plan.carries.map(({ path }) => path),
    remade: restated.flatMap(({ writes }) => writes),
    left: carry.left.map((record) => ({ path: record.path, tree: record.tree, why: REASONS[record.class] })),
    packages: [...new Set([...system.kept, ...choice.packages])],
    droppedPackages: system.dropped.map(({ name }) => name),
    data: {
      certificates: asked((known) => known.certificates),
      timeZones: asked((known) => known.timeZones),
      accounts: asked((known) => known.users),
      temporary: asked((known) => known.readsFiles),
    },
    folders: [understanding.final.workdir ?? '/'],
    origins: originsOf(plan),
  };
}
