const WEB_IMAGE = /(^|\/)(node|bun)(:|$)/;
const WEB_TOOL = /\b(npm|yarn|pnpm|vite|webpack|ng) /;
const COMPILER_IMAGE = /(^|\/)(golang|rust|maven|gradle|php|python|ruby|elixir|gcc|dotnet\/sdk)(:|$)/;
const COMPILES = /\b(build|compile|make|package|publish|install -v|bundle|export)\b/;
const FETCHES =
  /\b(npm (ci|install)|yarn( install)?|pnpm (i|install)|composer (install|update)|bundle install|pip (download|wheel)|go mod download)\b/;

/** What people call a stage that stands on `image` and runs `runs`, given the images of the other stages. */
export function stagePurpose(
  image: string,
  runs: string,
  others: () => readonly string[],
): 'assets' | 'deps' | 'build' {
  const web = WEB_IMAGE.test(image) || WEB_TOOL.test(runs);
  if (web && COMPILES.test(runs) && others().some((other) => COMPILER_IMAGE.test(other))) return 'assets';
  return FETCHES.test(runs) && !COMPILES.test(runs) ? 'deps' : 'build';
}
