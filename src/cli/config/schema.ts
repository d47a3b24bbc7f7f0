import * as v from 'valibot';

/** The shape of `dfsplit.config.json`; `dfsplit.schema.json` is generated from it, and a test holds the two together. */

const text = v.pipe(v.string(), v.minLength(1, 'it is empty'));
const texts = v.array(text);
const code = v.pipe(v.string(), v.regex(/^DF\d{3}$/, 'a code is DF and three digits'));
const stageName = v.pipe(
  v.string(),
  v.regex(/^(?!(?:scratch|context)$)[a-z][a-z0-9._-]*$/, 'a stage name is lower case and starts with a letter'),
);

/** Facts of an image, as dfsplit's own knowledge has them. */
export const imageFactsSchema = v.strictObject({
  family: text,
  distribution: v.nullable(v.picklist(['debian', 'ubuntu', 'alpine'])),
  release: v.nullable(text),
  libc: v.nullable(v.picklist(['glibc', 'musl'])),
  slim: v.boolean(),
  env: v.record(v.string(), v.string()),
  programVariables: v.optional(texts),
  versionVariables: v.optional(texts),
  workdir: text,
  user: v.string(),
  entrypoint: v.nullable(v.array(v.string())),
  cmd: v.nullable(v.array(v.string())),
  volumes: texts,
  exposes: texts,
  stopSignal: v.nullable(text),
  programs: texts,
  shell: v.boolean(),
  accounts: texts,
  accountNumbers: v.optional(v.record(v.string(), v.string())),
  groupNumbers: v.optional(v.record(v.string(), v.string())),
  hasCertificates: v.boolean(),
  hasTimeZones: v.boolean(),
  hasMimeTypes: v.optional(v.boolean()),
  hasServices: v.optional(v.boolean()),
  toolchainTrees: texts,
  toolchain: v.boolean(),
  interpreter: v.nullable(text),
  folders: v.optional(texts),
});

const linkage = v.picklist(['static', 'libc', 'cpp', 'system', 'unknown']);

/** What a command does, as dfsplit's own knowledge has it. */
const effectSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('artifact'), path: text, tree: v.boolean(), linkage }),
  v.strictObject({ kind: v.literal('program-folder'), path: text, linkage }),
  v.strictObject({ kind: v.literal('dependencies'), path: text }),
  v.strictObject({ kind: v.picklist(['cache', 'toolchain', 'intermediate']), path: text }),
  v.strictObject({ kind: v.literal('builds-in-place'), folder: text }),
  v.strictObject({ kind: v.literal('restate'), why: text }),
  v.strictObject({ kind: v.literal('checks') }),
  v.strictObject({ kind: v.literal('needs-libraries'), packages: texts, because: text }),
  v.strictObject({ kind: v.literal('starts'), program: text }),
  v.strictObject({ kind: v.literal('writes'), path: text, tree: v.boolean() }),
  v.strictObject({ kind: v.literal('makes-folder'), path: text }),
  v.strictObject({ kind: v.literal('prints') }),
  v.strictObject({ kind: v.literal('network') }),
]);

const imageSchema = v.strictObject({
  image: text,
  like: v.optional(text),
  facts: v.optional(v.partial(imageFactsSchema), {}),
  smaller: v.optional(texts, []),
});

const commandSchema = v.strictObject({
  command: text,
  subcommands: v.optional(texts),
  valueFlags: v.optional(texts, []),
  says: text,
  effects: v.array(effectSchema),
});

/** What a distribution package serves, as dfsplit's own knowledge has it. */
export const packageSchema = v.strictObject({
  package: text,
  role: v.picklist(['build', 'development-library', 'runtime']),
  runtime: v.optional(texts),
});

/** Choices that hold for all files, or in an override for those that its globs name. */
const choices = {
  context: v.optional(text),
  target: v.optional(text),
  runtime: v.optional(text),
  allowImages: v.optional(texts),
  stageName: v.optional(stageName),
  runtimeName: v.optional(stageName),
  renameOnly: v.optional(v.boolean()),
  buildArgs: v.optional(v.record(v.string(), v.string())),
  assume: v.optional(v.union([v.literal('all'), v.array(code)])),
  ignore: v.optional(v.boolean()),
};

/** The whole file. */
export const configSchema = v.strictObject({
  $schema: v.optional(v.string()),
  ...choices,
  mirrors: v.optional(v.record(text, text)),
  overrides: v.optional(v.array(v.strictObject({ files: texts, ...choices }))),
  knowledge: v.optional(
    v.strictObject({
      images: v.optional(v.array(imageSchema), []),
      commands: v.optional(v.array(commandSchema), []),
      packages: v.optional(v.array(packageSchema), []),
    }),
  ),
});

/** A configuration that was checked. */
export type Config = v.InferOutput<typeof configSchema>;
