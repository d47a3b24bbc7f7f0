/** Programs of package scripts that write only below the project they run in, at most where `outputs.ts` tells. */
export const BUILDERS: ReadonlySet<string> = new Set(
  'bower tsc tsc-alias tspc tsup tsx ts-node ts-node-dev ttsc vite vue-tsc vue-cli-service next nuxt nuxi react-scripts react-app-rewired craco ng webpack webpack-cli rollup esbuild parcel babel nest swc svelte-kit svelte-check astro gatsby remix react-router eleventy hexo docusaurus vuepress vitepress sass node-sass lessc postcss tailwindcss @tailwindcss/cli tailwind uglifyjs terser browserify cpx cpx2 cpy copyfiles ncp tap lint-staged svgo gulp gulp-cli grunt grunt-cli ember polymer stencil preact microbundle bili snowpack wp-scripts encore quasar umi father max rspack rsbuild rslib rolldown tsdown farm unbuild ncc pkgroll graphql-codegen barrelsby node-gyp node-pre-gyp prebuild-install turbo nx lerna prisma openapi-generator-cli openapi-typescript orval typechain hardhat wireit wsrun ultra replace-in-file replace json2ts gen-esm-wrapper minify html-minifier html-minifier-terser cleancss purgecss workbox sw-precache react-snap nps mix encore redwood blitz keystone strapi payload medusa directus wasp vinxi nitro nitropack waku qwik solid-start ts-patch ts-json-schema-generator swagger-cli protoc-gen-ts pbjs pbts lingui formatjs i18next i18next-scanner typedoc jsdoc storybook build-storybook start-storybook license-checker generate-license-file javascript-obfuscator bytenode pkg nexe sequelize sequelize-cli knex typeorm mikro-orm shadow-cljs'.split(
    ' ',
  ),
);

/** Programs that look, test or watch, and leave nothing that a container reads. */
export const CHECKERS: ReadonlySet<string> = new Set(
  'eslint tslint prettier standard xo jest mocha vitest ava nyc c8 stylelint is-ci wait-on jshint jscs htmlhint markdownlint commitlint depcheck knip madge publint attw size-limit bundlesize cypress karma tap-spec npm-check-updates ncu syncpack check-dependencies biome oxlint semantic-release standard-version only-allow check-node-version check-engine engines-ok'.split(
    ' ',
  ),
);

/** Programs of packages that people install for the whole image and that serve the build alone. */
export const GLOBAL_BUILDERS: Readonly<Record<string, readonly string[]>> = {
  '@angular/cli': ['ng'],
  '@ionic/cli': ['ionic'],
  '@nestjs/cli': ['nest'],
  '@quasar/cli': ['quasar'],
  '@vue/cli': ['vue'],
  bower: ['bower'],
  browserify: ['browserify'],
  'create-react-app': ['create-react-app'],
  'ember-cli': ['ember'],
  esbuild: ['esbuild'],
  eslint: ['eslint'],
  'gatsby-cli': ['gatsby'],
  grunt: ['grunt'],
  'grunt-cli': ['grunt'],
  gulp: ['gulp'],
  'gulp-cli': ['gulp'],
  jest: ['jest'],
  lerna: ['lerna'],
  less: ['lessc'],
  mocha: ['mocha'],
  'node-gyp': ['node-gyp'],
  'node-pre-gyp': ['node-pre-gyp'],
  'node-sass': ['node-sass'],
  npm: ['npm', 'npx'],
  'npm-check-updates': ['ncu', 'npm-check-updates'],
  nx: ['nx'],
  parcel: ['parcel'],
  'parcel-bundler': ['parcel'],
  pnpm: ['pnpm', 'pnpx'],
  'polymer-cli': ['polymer'],
  prettier: ['prettier'],
  rimraf: ['rimraf'],
  rollup: ['rollup'],
  sass: ['sass'],
  tslint: ['tslint'],
  tsup: ['tsup'],
  turbo: ['turbo'],
  typescript: ['tsc', 'tsserver'],
  typings: ['typings'],
  'uglify-js': ['uglifyjs'],
  vite: ['vite'],
  webpack: ['webpack'],
  'webpack-cli': ['webpack', 'webpack-cli'],
  yarn: ['yarn', 'yarnpkg'],
};
