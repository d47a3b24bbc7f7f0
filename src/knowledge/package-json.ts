import { baseName } from '../syntax/paths.ts';

/** Programs of package scripts that write only below the project they run in. */
export const BUILDERS = new Set(
  'tsc tsc-alias tsup tsx ts-node vite vue-tsc vue-cli-service next nuxt nuxi react-scripts react-app-rewired craco ng webpack webpack-cli rollup esbuild parcel babel nest swc svelte-kit astro gatsby remix eleventy hexo docusaurus vuepress vitepress sass node-sass lessc postcss tailwindcss tailwind uglifyjs terser browserify rimraf shx mkdirp cpx cpy copyfiles ncp cross-env dotenv eslint tslint prettier standard jest mocha vitest ava nyc c8 npm-run-all run-s run-p concurrently wait-on turbo nx lerna prisma graphql-codegen barrelsby node-gyp node-pre-gyp prebuild-install patch-package husky is-ci tap lint-staged stylelint svgo gulp grunt ember polymer stencil preact microbundle bili snowpack wp-scripts encore quasar umi father max rspack rsbuild farm unbuild ncc pkgroll bun'.split(
    ' ',
  ),
);
/** Shell words in scripts that do no harm outside the project. */
const PLAIN = new Set('echo true false cd test exit sleep ls cat pwd env export set'.split(' '));
const FILES = new Set('cp mv rm mkdir touch chmod ln install'.split(' '));

/** What is read of a package.json. */
export interface Manifest {
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, unknown>>;
}

/** The first words of each command in a package script that is not known to stay inside its project; null for none. */
export function strangerIn(script: string, scripts: Readonly<Record<string, unknown>>, depth = 0): string | null {
  if (depth > 8) return script;
  for (const command of script.split(/&&|\|\||;|\||\n/)) {
    const words = command
      .trim()
      .split(/\s+/)
      .filter((word) => !/^\w+=/.test(word));
    while (
      words.length > 0 &&
      /^(npx|cross-env|cross-env-shell|dotenv|env-cmd|bunx|time|exec|--|-\w|--yes|--no-install)$/.test(
        words[0] as string,
      )
    ) {
      words.shift();
      while (/^\w+=/.test(words[0] ?? '')) words.shift();
    }
    const [program, ...args] = words;
    if (program === undefined || PLAIN.has(program)) continue;
    if (/(^|[\s'"=:])(\/(?!dev\/null)|~|\.\.\/\.\.)/.test(args.join(' '))) return command.trim();
    const name = baseName(program);
    if (['npm', 'yarn', 'pnpm', 'bun'].includes(program)) {
      const target = args.filter((arg) => !arg.startsWith('-'));
      const wanted = target[0] === 'run' || target[0] === 'run-script' ? target[1] : target[0];
      const next = wanted === undefined ? undefined : scripts[wanted];
      if (wanted === undefined || ['install', 'ci', 'i', 'add', 'prune'].includes(wanted)) continue;
      if (typeof next === 'string') {
        const stranger = strangerIn(next, scripts, depth + 1);
        if (stranger !== null) return stranger;
      } else if (!BUILDERS.has(wanted)) return command.trim();
      continue;
    }
    if (BUILDERS.has(name) || FILES.has(name)) continue;
    return command.trim();
  }
  return null;
}
