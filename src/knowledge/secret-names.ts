import { baseName } from '../syntax/paths.ts';

/** Names that say that a value opens something. The last part counts: `TOKEN_URL` is a place, `NPM_TOKEN` a key. */
const VARIABLE =
  /(^|_)(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|SECRET_?KEY|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY(_ID)?|CREDENTIALS?|SSH_?KEY|DEPLOY_?KEY|AUTH)$/i;

/**
 * Files in which tools keep what opens something: npm, curl and git (.netrc), PyPI's uploaders, git, OpenSSH, AWS, Docker,
 * Composer; private keys by their usual names; and the history of a repository.
 */
const FILE =
  /^(\.npmrc|\.netrc|_netrc|\.pypirc|\.git-credentials|\.git|\.ssh|id_(rsa|dsa|ecdsa|ed25519)|\.aws|\.dockercfg|auth\.json)$|(^|[._-])key\.pem$|.\.(key|p12|pfx|keystore)$/is;
const DOCKER_FILE = /(^|\/)\.docker\/config\.json$/i;

export const isSecretVariable = (name: string): boolean => VARIABLE.test(name);

export function isSecretFile(path: string): boolean {
  const name = baseName(path);
  return FILE.test(name) || DOCKER_FILE.test(path) || (/\.pem$/i.test(name) && /private/i.test(name));
}
