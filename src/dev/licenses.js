// npm run licenses: every installed package, those for development included, has a license that a MIT program may be made and shipped with.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of these, any may be used and passed on without a duty beyond naming it; https://spdx.org/licenses/ */
const FREE = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0']);
/** These bind whoever passes their files on: only what is not shipped may have them. */
const UNSHIPPED = new Set(['MPL-2.0', 'CC-BY-4.0']);

const root = fileURLToPath(new URL('../../', import.meta.url));
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

/** The license that an installed package names; null where it is not installed, as of another system. */
function licenseOf(path) {
  try {
    const { license, licenses } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
    return String(license?.type ?? license ?? licenses?.[0]?.type ?? 'none');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/** True where one of the alternatives, or each of several together, is allowed. */
function isAllowed(license, shipped) {
  const alternatives = license.replace(/[()]/g, '').split(/ OR /i);
  return alternatives.some((one) =>
    one.split(/ AND /i).every((name) => FREE.has(name) || (!shipped && UNSHIPPED.has(name))),
  );
}

let seen = 0;
const wrong = [];
for (const [path, { dev, optional, link }] of Object.entries(packages)) {
  if (path === '' || link) continue;
  const license = licenseOf(path);
  if (license === null && optional) continue;
  seen++;
  if (license === null || !isAllowed(license, !dev)) wrong.push(`${path}: ${license ?? 'not installed'}`);
}
for (const one of wrong) console.log(one);
console.log(`licenses: ${seen} packages, ${wrong.length} not allowed`);
process.exitCode = wrong.length > 0 || seen === 0 ? 1 : 0;
