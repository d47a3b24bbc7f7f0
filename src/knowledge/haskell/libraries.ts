/** Packages of Hackage that link a shared library of the system, by its development package. */
const LINKING: readonly (readonly [RegExp, string])[] = [
  [
    /^(postgresql-(libpq|simple|query|typed)|persistent-postgresql|hasql(-\w+)*|beam-postgres|opaleye|HDBC-postgresql)$/,
    'libpq-dev',
  ],
  [/^(mysql(-simple)?|persistent-mysql|HDBC-mysql)$/, 'libmariadb-dev'],
  [/^(HsOpenSSL|http-client-openssl|openssl-streams)$/, 'libssl-dev'],
  [/^text-icu$/, 'libicu-dev'],
  [/^(pcre-light|regex-pcre)$/, 'libpcre3-dev'],
  [/^(lzma|xz)$/, 'liblzma-dev'],
];

/**
 * Packages that need nothing but the C and C++ libraries, GMP and zlib when they run, and whose own dependencies need no
 * more: they are written in Haskell, or bring their C along. By their pages on https://hackage.haskell.org
 */
const CLOSED = new Set(
  (
    'base aeson aeson-pretty ansi-terminal array async attoparsec base64-bytestring binary blaze-builder blaze-html ' +
    'blaze-markup bytestring case-insensitive cassava clock conduit containers cookie data-default data-default-class ' +
    'deepseq directory dlist email-validate esqueleto exceptions extra fast-logger filepath ghc-prim hashable ' +
    'heredoc hspec http-api-data http-client http-client-tls http-conduit http-media http-types jose lens lucid ' +
    'megaparsec microlens microlens-platform monad-control monad-logger mtl mustache network network-uri ' +
    'optparse-applicative parsec persistent persistent-sqlite persistent-template polysemy primitive process profunctors ' +
    'QuickCheck random resource-pool resourcet rio safe scientific scotty semigroups servant servant-blaze servant-client ' +
    'servant-docs servant-lucid servant-server servant-swagger shakespeare split spock Spock Spock-core sqlite-simple ' +
    'stm streaming-commons string-conversions swagger2 tagged template-haskell text time tls transformers ' +
    'transformers-base unix unliftio unliftio-core unordered-containers uuid vector wai wai-app-static wai-cors ' +
    'wai-extra wai-handler-launch wai-logger wai-middleware-static warp warp-tls word8 yaml yesod yesod-core yesod-form ' +
    'yesod-persistent yesod-static zlib'
  ).split(' '),
);

/** What .cabal files and package.yaml name; null where a project links libraries by itself. */
function dependencies(manifests: string): readonly string[] | null {
  if (/^[ \t]*(extra-libraries|extra-lib-dirs|pkg-?config-?depends?|extra-bundled-libraries)[ \t]*:/im.test(manifests))
    return null;
  const lines = manifests.replace(/^[ \t]*(--|#).*$/gm, '').split('\n');
  const found: string[] = [];
  let within: 'cabal' | 'hpack' | null = null;
  for (const line of lines) {
    const field = /^\s*([\w-]+)\s*:(.*)$/.exec(line);
    if (field !== null)
      within = /^build-depends$/i.test(field[1] as string) ? 'cabal' : field[1] === 'dependencies' ? 'hpack' : null;
    const text = field === null ? line : (field[2] as string);
    if (within === 'cabal') {
      if (field === null && /^\S/.test(line)) within = null;
      else for (const part of text.split(',')) found.push(/^\s*([\w-]+)/.exec(part)?.[1] ?? '');
    } else if (within === 'hpack') found.push(/^\s*-\s*([\w-]+)/.exec(text)?.[1] ?? '');
  }
  return [...new Set(found)].filter((name) => name !== '');
}

/** The libraries behind what the manifests of a project name; null where that is not known. */
export function manifestLibraries(manifests: string): readonly string[] | null {
  const named = dependencies(manifests);
  if (named === null || named.length === 0) return null;
  const own = new Set([...manifests.matchAll(/^name\s*:\s*([\w-]+)/gim)].map((match) => match[1] as string));
  const libraries = named.map((name) =>
    own.has(name) || CLOSED.has(name) ? [] : (LINKING.find(([pattern]) => pattern.test(name))?.[1] ?? null),
  );
  return libraries.includes(null) ? null : (libraries.flat() as string[]);
}
