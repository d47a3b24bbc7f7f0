import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';
import { table } from '../table.ts';
import { type LockedPackage, readLock } from './lock.ts';
import { majorOf, readManifest } from './manifest.ts';
import { gypLibraries, isImageBound, isSelfContained, npmLibraries, npmPrograms } from './native.ts';
import { isDrawing } from './sources.ts';

/** Libraries of packages that are compiled here instead of being fetched: https://github.com/Automattic/node-canvas#compiling */
const FROM_SOURCE = table<readonly string[]>({
  canvas: ['libcairo2-dev', 'libpango1.0-dev', 'libjpeg-dev', 'librsvg2-dev'],
});
/** What an image that draws text reads beyond the package: fonts and where they are. */
const DRAWS_TEXT = /^(canvas|@napi-rs\/canvas|skia-canvas|chartjs-node-canvas|canvg|sharp)$/;

/** Folders of the home that install scripts fill with programs: https://pptr.dev/guides/configuration, https://playwright.dev/docs/browsers */
const FETCHED: readonly {
  readonly name: RegExp;
  readonly since: number;
  readonly folder: string;
  readonly moved: string;
  readonly skipped: readonly string[];
}[] = [
  {
    name: /^puppeteer$/,
    since: 19,
    folder: '.cache/puppeteer',
    moved: 'PUPPETEER_CACHE_DIR',
    skipped: ['PUPPETEER_SKIP_DOWNLOAD', 'PUPPETEER_SKIP_CHROMIUM_DOWNLOAD', 'PUPPETEER_SKIP_CHROME_DOWNLOAD'],
  },
  {
    name: /^playwright-(chromium|firefox|webkit)$/,
    since: 1,
    folder: '.cache/ms-playwright',
    moved: 'PLAYWRIGHT_BROWSERS_PATH',
    skipped: ['PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD'],
  },
  {
    name: /^cypress$/,
    since: 3,
    folder: '.cache/Cypress',
    moved: 'CYPRESS_CACHE_FOLDER',
    skipped: ['CYPRESS_INSTALL_BINARY', 'CYPRESS_SKIP_BINARY_INSTALL'],
  },
];

/** What the installed packages need beyond their own files. `production`: those for development are not installed. */
export function needs(folder: string, call: ToolCall, words: ParsedWords, production: boolean): BuildEffect[] {
  const manifest = readManifest(folder, call.files);
  const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = manifest ?? {};
  const lock = readLock(folder, call.files);
  const ranges: Readonly<Record<string, unknown>> = { ...devDependencies, ...optionalDependencies, ...dependencies };
  const known = (name: string): LockedPackage | undefined => lock?.get(name);
  const own = new Set(Object.keys(dependencies));
  const isProduction = (name: string): boolean => {
    const locked = known(name)?.development ?? null;
    return own.has(name) || (locked === null ? !Object.hasOwn(devDependencies, name) : !locked);
  };
  // Development packages of a lock file are installed too, and anything that is may be used.
  const names = [...new Set([...(lock?.keys() ?? []), ...Object.keys(ranges), ...addedNames(words)])];
  const scripted = names.filter((name) => known(name)?.scripted === true && !isSelfContained(name));
  const inProject = scripted.map((name) => ({
    name,
    gyp: call.files.read(resolvePath(folder, `${name}/binding.gyp`)),
  }));
  const addons = [...inProject, { name: '', gyp: call.files.read(resolvePath(folder, 'binding.gyp')) }].map(
    ({ name, gyp }) => ({ name, read: gyp !== null, linked: gyp === null ? null : gypLibraries(gyp) }),
  );
  const fromSource = words.flags.has('--build-from-source') || call.env('npm_config_build_from_source') !== undefined;
  const draws = names.some(
    (name) => DRAWS_TEXT.test(name) && isProduction(name) && (name !== 'sharp' || isDrawing(folder, call.files)),
  );
  const libraries = [
    ...names.flatMap(npmLibraries),
    ...addons.flatMap(({ linked }) => linked ?? []),
    ...(fromSource ? names.flatMap((name) => (Object.hasOwn(FROM_SOURCE, name) ? (FROM_SOURCE[name] ?? []) : [])) : []),
    ...(draws ? ['fontconfig'] : []),
  ];
  const strangers = addons.filter(({ name, read, linked }) => linked === null && (read || name !== ''));
  // What an install without development packages brings serves the container, whichever of them names it as well.
  const isServing = (name: string): boolean => isProduction(name) || (production && known(name)?.needed === true);
  const fetched = words.flags.has('--ignore-scripts')
    ? []
    : fetchedPrograms(
        production ? names.filter(isServing) : names,
        call,
        (name) => known(name)?.version ?? ranges[name],
      );
  const bound = names.find((name) => isImageBound(name) && isServing(name) && !isSkipped(name, call));
  return [
    ...(libraries.length > 0
      ? [{ kind: 'needs-libraries', packages: [...new Set(libraries)], because: 'npm packages' } as const]
      : []),
    ...[...new Set(names.flatMap((name) => npmPrograms(name, isProduction(name))))].map(
      (program) => ({ kind: 'starts', program }) as const,
    ),
    ...(bound === undefined ? [] : [{ kind: 'needs-image', because: `${bound} uses libraries of the image` } as const]),
    ...strangers.map(
      ({ name }) => ({ kind: 'native-code', what: `the npm package ${name || 'of the project'}` }) as const,
    ),
    // Nobody knows which packages a manifest names that cannot be read.
    ...(manifest === null && lock === null && names.length === 0
      ? [{ kind: 'native-code', what: resolvePath(folder, 'package.json') } as const]
      : []),
    ...fetched,
  ];
}

/** Packages that the call itself names. */
const addedNames = (words: ParsedWords): string[] =>
  words.operands.flatMap((word) => {
    const name = /^(@[\w.-]+\/[\w.-]+|[a-z][\w.-]*)(@|$)/.exec(word ?? '')?.[1];
    return name === undefined || /^(install|add|ci)$/.test(name) ? [] : [name];
  });

const isSkipped = (name: string, call: ToolCall): boolean =>
  FETCHED.some((one) => one.name.test(name) && one.skipped.some((key) => call.env(key) !== undefined));

function fetchedPrograms(
  names: readonly string[],
  call: ToolCall,
  versionOf: (name: string) => unknown,
): BuildEffect[] {
  return FETCHED.flatMap(({ name, since, folder, moved }): BuildEffect[] => {
    const found = names.find((one) => name.test(one));
    if (found === undefined || isSkipped(found, call)) return [];
    const major = majorOf(versionOf(found));
    if (major !== null && major < since) return [];
    const place = call.env(moved);
    if (place === '0') return [];
    // A file of settings puts it into the project.
    if ((call.files.list(call.cwd) ?? []).some((file) => /^\.puppeteerrc|^puppeteer\.config/.test(file)))
      return [{ kind: 'builds-in-place', folder: call.cwd }];
    return [
      {
        kind: 'writes',
        path: typeof place === 'string' && place !== '' ? place : resolvePath(call.home, folder),
        tree: true,
      },
    ];
  });
}
