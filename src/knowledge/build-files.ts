interface BuildFiles {
  /** Words of a RUN by which the tool builds what lies in a folder. */
  readonly tool: RegExp;
  /** What the tool finds there, by the names of files. */
  readonly files: RegExp;
  /** Words by which it builds nothing but what lies there, and fails where there is none of it. */
  readonly needs?: RegExp;
}

/** Build tools with the files that they cannot do without; the manuals of the ecosystems say so of each. */
const BUILD_FILES: readonly BuildFiles[] = [
  {
    tool: /\bgo (build|install|get|mod|generate)\b/,
    files: /^go\.(mod|work)$|\.go$/,
    needs: /\bgo (build|mod download|generate)\b/,
  },
  { tool: /\b(npm|yarn|pnpm|bun) (ci|i|install|run|build)\b/, files: /^package\.json$/, needs: /\bnpm ci\b/ },
  { tool: /\bcargo (build|install|rustc)\b/, files: /^Cargo\.toml$/, needs: /\bcargo build\b/ },
  { tool: /\bmvnw?\b/, files: /^pom\.xml$/, needs: /\bmvnw? [^\n]{0,200}\b(package|install|verify)\b/ },
  { tool: /\bgradlew?\b/, files: /^(build|settings)\.gradle(\.kts)?$/ },
  { tool: /\bsbt\b/, files: /^build\.sbt$/ },
  {
    tool: /\bdotnet (publish|build|restore)\b/,
    files: /\.(slnx?|csproj|fsproj|vbproj)$/,
    needs: /\bdotnet (publish|build|restore)\b/,
  },
  { tool: /\bbundle install\b/, files: /^Gemfile$/, needs: /\bbundle install\b/ },
  { tool: /\bcomposer install\b/, files: /^composer\.json$/ },
  { tool: /\bmix (deps|compile|release|do)\b/, files: /^mix\.exs$/, needs: /\bmix (deps|compile|release|do)\b/ },
  {
    tool: /\b(poetry|pdm|uv|pipenv) (install|sync)\b|\bpip3? install\b/,
    files: /^(pyproject\.toml|setup\.(py|cfg)|Pipfile|[\w.-]{0,60}requirements[\w.-]{0,60}\.txt)$/,
  },
  { tool: /\bcmake\b/, files: /^CMakeLists\.txt$/ },
  { tool: /\bmeson\b/, files: /^meson\.build$/ },
  { tool: /\bmake\b/, files: /^(GNUm|m|M)akefile$/ },
];

/** What comes from elsewhere may be what is built. */
const FETCHED = /\bgit clone\b|\bsvn (co|checkout)\b|\bhg clone\b|\b(curl|wget)\b[^\n]{0,200}\.(tar|tgz|zip)/;

/**
 * What the tools that the RUNs of a Dockerfile start look for in the build context, as a test for names of files; null where they
 * start none of them, or may build what they fetch.
 */
export function buildFilesOf(runs: string): ((name: string) => boolean) | null {
  const used = FETCHED.test(runs) ? [] : BUILD_FILES.filter(({ tool }) => tool.test(runs));
  return used.length === 0 ? null : (name) => used.some(({ files }) => files.test(name));
}

/** Whether a folder with files of these names cannot be the build context: a tool of the RUNs would find nothing to build. */
export const lacksBuildFiles = (runs: string, names: readonly string[]): boolean =>
  !FETCHED.test(runs) &&
  BUILD_FILES.some(({ needs, files }) => needs?.test(runs) === true && !names.some((name) => files.test(name)));
