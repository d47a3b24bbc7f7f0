import { distributionFacts } from './distributions.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://playwright.dev/docs/docker#image-tags';

/** `v1.58.1-jammy`, `v1.61.1-noble`: https://github.com/microsoft/playwright/tree/main/utils/docker */
const TAG = /^v1\.\d+\.\d+-(focal|jammy|noble)$/;

/** https://mcr.microsoft.com/artifact/mar/playwright: browsers with what they are linked with, and Node.js beside them. */
export const playwright: ImageFamily = {
  source: SOURCE,
  describe: ({ tag }) => {
    const release = TAG.exec(tag)?.[1];
    if (release === undefined) return null;
    const below = distributionFacts({ distribution: 'ubuntu', release }, false);
    const node = ['node', 'nodejs', 'npm', 'npx', 'yarn'];
    return {
      ...below,
      family: 'playwright',
      env: { ...below.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', PLAYWRIGHT_BROWSERS_PATH: '/ms-playwright' },
      programs: [...below.programs, ...node, 'curl', 'wget', 'gpg', 'git', 'ssh'],
      accounts: ['pwuser'],
      hasCertificates: true,
      interpreter: 'node',
      source: SOURCE,
    };
  },
  documents: (tag) => (TAG.test(tag) ? SOURCE : null),
};

const PYTHON = 'https://playwright.dev/python/docs/docker#image-tags';

/** https://mcr.microsoft.com/artifact/mar/playwright/python: the same with the Python of Ubuntu, and pip from its own archive. */
export const playwrightPython: ImageFamily = {
  ...playwright,
  source: PYTHON,
  describe: (tag) => {
    const below = playwright.describe(tag);
    if (below === null) return null;
    const programs = below.programs.filter((name) => !/^(node|nodejs|npm|npx|yarn|wget)$/.test(name));
    return {
      ...below,
      family: 'playwright-python',
      programs: [...programs, 'python', 'python3', 'pip', 'pip3'],
      interpreter: 'playwright-python',
      source: PYTHON,
    };
  },
  documents: (tag) => (TAG.test(tag) ? PYTHON : null),
};
