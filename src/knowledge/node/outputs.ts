import { withoutComments } from '../../syntax/comments.ts';
import { isWithin, resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { table } from '../table.ts';
import { majorOf, readJson, readManifest } from './manifest.ts';

/** A call of a builder, as its rule sees it. */
export interface BuilderCall {
  readonly tool: string;
  readonly argv: readonly (string | null)[];
  readonly folder: string;
  readonly files: ImageFiles;
  readonly env: (name: string) => string | null | undefined;
}

type Names = Readonly<Record<string, unknown>>;
const names = (value: unknown): Names => (typeof value === 'object' && value !== null ? (value as Names) : {});

/** The value of one of the flags; undefined where none is given, null where it is not known. */
function flagOf({ argv }: BuilderCall, flags: readonly string[]): string | null | undefined {
  for (const [index, word] of argv.entries()) {
    if (word === null) continue;
    if (flags.includes(word)) return argv[index + 1] ?? null;
    const joined = flags.find((flag) => word.startsWith(`${flag}=`));
    if (joined !== undefined) return word.slice(joined.length + 1);
  }
  return undefined;
}

function firstFile({ folder, files }: BuilderCall, stems: readonly string[]): string | null {
  for (const stem of stems)
    for (const end of ['ts', 'js', 'mjs', 'cjs', 'mts', 'cts', 'json'])
      for (const name of [`${stem}.${end}`]) {
        const text = files.read(resolvePath(folder, name));
        if (text !== null) return text;
      }
  return null;
}

/** A setting of a configuration that is a program: its constant; undefined where it is not set, null where it is computed. */
function constant(text: string, key: string): string | null | undefined {
  const plain = withoutComments(text, { quotes: `"'`, before: /[\s;,{(]/ });
  const found = new RegExp(`\\b${key}['"]?\\s*:\\s*(?:(['"\`])([^'"\`$]*)\\1(?=\\s*[,}\\n])|(\\S))`).exec(plain);
  if (found === null) return new RegExp(`\\b${key}\\b`).test(plain) ? null : undefined;
  return found[2] ?? null;
}

const one = (value: string | null | undefined, otherwise: string): readonly string[] | null =>
  value === null ? null : [value ?? otherwise];

/** `outDir` of the tsconfig.json that the compiler reads, relative to the project: https://www.typescriptlang.org/tsconfig */
function compilerOutput(call: BuilderCall, configs: readonly string[]): string | null {
  for (const config of configs) {
    let at = resolvePath(call.folder, config);
    if (!at.endsWith('.json')) at = `${at}/tsconfig.json`;
    if (call.files.read(at) === null) continue;
    for (let depth = 0; depth < 5; depth++) {
      const read = readJson(call.files.read(at));
      if (read === null) return null;
      const { outDir } = names(read.compilerOptions);
      if (typeof outDir === 'string') return /\$\{/.test(outDir) ? null : resolvePath(resolvePath(at, '..'), outDir);
      if (typeof read.extends !== 'string' || !read.extends.startsWith('.')) return null;
      const next = resolvePath(resolvePath(at, '..'), read.extends);
      at = next.endsWith('.json') ? next : `${next}.json`;
    }
    return null;
  }
  return null;
}

function typescript(call: BuilderCall): readonly string[] | null {
  if (call.argv.some((word) => word === '--noEmit' || word === '--version' || word === '-v')) return [];
  const out = flagOf(call, ['--outDir', '--outdir']);
  if (out !== undefined) return one(out, '');
  const build = flagOf(call, ['-b', '--build']);
  const project = flagOf(call, ['-p', '--project']) ?? (build === undefined ? undefined : build);
  if (project === null && build === undefined) return null;
  const found = compilerOutput(call, [project ?? 'tsconfig.json']);
  return found === null ? null : [found];
}

function nest(call: BuilderCall): readonly string[] | null {
  const settings = readJson(call.files.read(resolvePath(call.folder, 'nest-cli.json'))) ?? {};
  if (settings.projects !== undefined || /"outDir"/.test(JSON.stringify(settings))) return null;
  const config = flagOf(call, ['-p', '--path']);
  const found = compilerOutput(call, config === undefined ? ['tsconfig.build.json', 'tsconfig.json'] : [config ?? '']);
  return found === null ? null : [found];
}

function vite(call: BuilderCall): readonly string[] | null {
  const dependencies = readManifest(call.folder, call.files);
  const all = { ...dependencies?.dependencies, ...dependencies?.devDependencies };
  if (['@sveltejs/kit', '@remix-run/dev', '@react-router/dev', 'vinxi', '@solidjs/start'].some((name) => name in all))
    return null;
  const text = firstFile(call, ['vite.config']) ?? '';
  const root = flagOf(call, ['--root']) ?? constant(text, 'root');
  return root === undefined ? one(flagOf(call, ['--outDir']) ?? constant(text, 'outDir'), 'dist') : null;
}

function next(call: BuilderCall): readonly string[] | null {
  const text = firstFile(call, ['next.config']) ?? '';
  if (call.argv[1] === 'export') return one(flagOf(call, ['-o', '--outdir']), 'out');
  if (call.argv[1] === 'lint' || call.argv[1] === 'telemetry') return [];
  const folder = one(constant(text, 'distDir'), '.next');
  const output = constant(text, 'output');
  if (folder === null || output === null) return null;
  return output === 'export' ? (constant(text, 'distDir') === undefined ? ['.next', 'out'] : null) : folder;
}

function nuxt(call: BuilderCall): readonly string[] | null {
  const manifest = readManifest(call.folder, call.files);
  const major = majorOf({ ...manifest?.dependencies, ...manifest?.devDependencies }.nuxt);
  const text = firstFile(call, ['nuxt.config']) ?? '';
  if (/buildDir|srcDir|rootDir|outputDir|output\s*:|generate\s*:/.test(text) || major === null) return null;
  if (call.argv[1] === 'prepare') return ['.nuxt'];
  if (call.argv[1] !== 'build') return null;
  return major >= 3 ? ['.nuxt', '.output'] : ['.nuxt'];
}

function angular(call: BuilderCall): readonly string[] | null {
  const { projects } = readJson(call.files.read(resolvePath(call.folder, 'angular.json'))) ?? {};
  const found = Object.values(names(projects)).map((project) => {
    const { architect, targets } = names(project);
    const path = names(names(names(architect ?? targets).build).options).outputPath;
    return typeof path === 'string' ? path : (names(path).base ?? null);
  });
  // https://angular.dev/reference/configs/workspace-config#output-path-configuration: `dist/NAME` by default.
  const outputs = found.filter((path): path is string => typeof path === 'string');
  const flag = flagOf(call, ['--output-path']);
  if (flag !== undefined) return one(flag, '');
  return outputs.length === found.length && found.length === 1 ? outputs : null;
}

function bundler(call: BuilderCall): readonly string[] | null {
  const flag = flagOf(call, ['-o', '--output-path']);
  if (flag !== undefined) return one(flag, '');
  const config = flagOf(call, ['-c', '--config']);
  const text =
    typeof config === 'string'
      ? call.files.read(resolvePath(call.folder, config))
      : config === undefined
        ? (firstFile(call, ['webpack.config']) ?? '')
        : null;
  if (text === null) return null;
  const paths = [...text.matchAll(/\bpath\s*:\s*([^\n]+)/g)].map(
    (match) => /^(?:path\.)?(?:resolve|join)\(\s*__dirname\s*,\s*['"]([^'"]+)['"]\s*\)/.exec(match[1] as string)?.[1],
  );
  return paths.length === 0 ? ['dist'] : paths.length === 1 && paths[0] !== undefined ? [paths[0]] : null;
}

function prisma(call: BuilderCall): readonly string[] | null {
  if (call.argv[1] !== 'generate') return null;
  const place = flagOf(call, ['--schema']) ?? 'prisma/schema.prisma';
  const text = place === null ? null : call.files.read(resolvePath(call.folder, place));
  if (text === null || place === null) return null;
  const folder = resolvePath(resolvePath(call.folder, place), '..');
  const generators = text.split(/^generator\s+\w+\s*\{/m).slice(1);
  const outputs = generators.map(
    (body) => /^[ \t]*output[ \t]*=[ \t]*"([^"\n]+)"/m.exec(body.split(/^\}/m, 1)[0] ?? '')?.[1],
  );
  return outputs.map((output) => (output === undefined ? 'node_modules' : resolvePath(folder, output)));
}

/** https://shadow-cljs.github.io/docs/UsersGuide.html#_build_configuration: every target names its own place. */
function shadow(call: BuilderCall): readonly string[] | null {
  if (!/^(release|compile)$/.test(call.argv[1] ?? '')) return null;
  const text = call.files.read(resolvePath(call.folder, 'shadow-cljs.edn'))?.replace(/;.*$/gm, '') ?? '';
  const places = [...text.matchAll(/:output-(?:to|dir)\s+(?:"([^"]+)"|\S)/g)].map((match) => match[1]);
  const builds = [...text.matchAll(/:target\s+:/g)];
  return places.length < builds.length || builds.length === 0 || places.includes(undefined)
    ? null
    : (places as string[]);
}

/** https://www.11ty.dev/docs/config/#output-directory */
function eleventy(call: BuilderCall): readonly string[] | null {
  const text = firstFile(call, ['.eleventy', 'eleventy.config']) ?? '';
  if (/setOutputDirectory/.test(text) || call.argv.includes('--config')) return null;
  return one(flagOf(call, ['--output']) ?? constant(text, 'output'), '_site');
}

const READERS = table<(call: BuilderCall) => readonly string[] | null>({
  tsc: typescript,
  'vue-tsc': typescript,
  nest,
  vite,
  next,
  nuxt,
  nuxi: nuxt,
  ng: angular,
  webpack: bundler,
  'webpack-cli': bundler,
  prisma,
  'shadow-cljs': shadow,
  eleventy,
  // https://docusaurus.io/docs/cli#docusaurus-build-sitedir
  docusaurus: (call) => one(flagOf(call, ['--out-dir', '-o']), 'build'),
  'vue-cli-service': (call) =>
    one(flagOf(call, ['--dest']) ?? constant(firstFile(call, ['vue.config']) ?? '', 'outputDir'), 'dist'),
  'react-scripts': (call) => one(call.env('BUILD_PATH'), 'build'),
  craco: (call) => one(call.env('BUILD_PATH'), 'build'),
  'react-app-rewired': (call) => one(call.env('BUILD_PATH'), 'build'),
  astro: (call) =>
    one(flagOf(call, ['--outDir']) ?? constant(firstFile(call, ['astro.config']) ?? '', 'outDir'), 'dist'),
  gatsby: () => ['public'],
  swc: (call) => one(flagOf(call, ['-d', '--out-dir', '-o', '--out-file']) ?? null, ''),
  babel: (call) => one(flagOf(call, ['-d', '--out-dir', '-o', '--out-file']) ?? null, ''),
  esbuild: (call) => one(flagOf(call, ['--outfile', '--outdir']) ?? null, ''),
  tsup: (call) =>
    one(flagOf(call, ['-d', '--out-dir']) ?? constant(firstFile(call, ['tsup.config']) ?? '', 'outDir'), 'dist'),
  ncc: (call) => one(flagOf(call, ['-o', '--out']), 'dist'),
  parcel: (call) => one(flagOf(call, ['--dist-dir', '--out-dir', '-d']), 'dist'),
});

/** Builders that make nothing but by this subcommand: they serve, test and tidy by others. */
const NEEDS_BUILD = new Set(
  'vite ng nest vue-cli-service react-scripts craco react-app-rewired astro gatsby parcel ncc docusaurus'.split(' '),
);

/** Where a builder writes what the application reads, absolute; null where its configuration does not tell. */
export function builderOutputs(call: BuilderCall): readonly string[] | null {
  if (NEEDS_BUILD.has(call.tool) && !call.argv.includes('build')) return null;
  const found = Object.hasOwn(READERS, call.tool) ? (READERS[call.tool]?.(call) ?? null) : null;
  return found?.map((path) => resolvePath(call.folder, path)) ?? null;
}

const CONFIGURATION =
  /^((vite|webpack|rollup|vue|next|nuxt|astro|svelte|tsup|craco|gatsby|rspack|rsbuild|farm|quasar|esbuild|babel|postcss|parcel|config-overrides|gulpfile|Gruntfile)([.-][\w.-]+)?\.[cm]?[jt]s|gulpfile\.js|Gruntfile\.js|tsconfig[\w.-]*\.json|angular\.json|nest-cli\.json|\.swcrc|project\.json|workspace\.json|\.env[\w.-]*)$/;
const PLACE =
  /\b(out|dest|dist|output|target|to|build)\w*['"]?\s*[:=(,]|__dirname|import\.meta|process\.cwd|BUILD_PATH/i;

const OUTPUT_PATH = /\bpath\s*:\s*(?:(?:path\.)?(?:resolve|join)\(\s*__dirname\s*,|__dirname\s*\+)\s*['"]([^'"]+)['"]/;

/** Folders beside or above the project that the settings of its builders name as a place for results. */
export function outsideOutputs(folder: string, files: ImageFiles, script: string): readonly string[] {
  const found = new Set<string>();
  const look = (line: string, output: string | null): void => {
    // https://github.com/webpack-contrib/copy-webpack-plugin#to is told from where the builder writes.
    const copied = /(?:^|[\s,{])to\s*:\s*['"`]((?:\.\.\/)+[\w./-]*)/.exec(line)?.[1];
    if (copied !== undefined) {
      const place = output === null ? folder : resolvePath(output, copied);
      if (!isWithin(place, folder)) found.add(place);
      return;
    }
    // Climbing paths of inputs (`include`, `extends`, aliases) stand in other fields.
    if (
      !PLACE.test(line) ||
      /\b(include|exclude|extends|references|files|alias|paths|rootDir|root|baseUrl|require|import)\b/.test(line)
    )
      return;
    for (const match of line.matchAll(/(?:['"`\s=,]|^)((?:\.\.\/)+[\w./-]*|\.\.(?=['"`]))/g))
      found.add(resolvePath(folder, match[1] as string));
    const joined = /__dirname\s*((?:,\s*['"]\.\.['"]\s*)+)(?:,\s*['"]([\w./-]+)['"])?/.exec(line);
    if (joined !== null)
      found.add(resolvePath(folder, `${'../'.repeat((joined[1] as string).split('..').length - 1)}${joined[2] ?? ''}`));
  };
  for (const name of files.list(folder) ?? [])
    if (CONFIGURATION.test(name)) {
      const text = files.read(resolvePath(folder, name)) ?? '';
      const [, output] = OUTPUT_PATH.exec(text) ?? [];
      for (const line of text.split('\n')) look(line, output === undefined ? null : resolvePath(folder, `./${output}`));
    }
  for (const word of script.match(/(?:\s|=)(\.\.\/[\w./-]*)/g) ?? []) {
    const before = script.slice(0, script.indexOf(word)).trim().split(/\s+/).at(-1) ?? '';
    if (
      /^-{1,2}(o|d|out|dest|dist|output)[\w-]*$/i.test(before) ||
      /(out|dest|dist)/i.test(before.split(/[^\w-]/).at(-1) ?? '')
    )
      found.add(resolvePath(folder, word.slice(1)));
  }
  return [...found];
}
