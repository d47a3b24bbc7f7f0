/** Images that are one program or two in the root folder, to be copied out of. */
const IMAGES: readonly (readonly [RegExp, RegExp])[] = [
  // https://docs.astral.sh/uv/guides/integration/docker/#installing-uv
  [/^ghcr\.io\/astral-sh\/uv(:|@|$)/, /^\/uvx?$/],
  // https://github.com/denoland/deno_docker#using-your-own-base-image
  [/^(docker\.io\/)?denoland\/deno:bin/, /^\/deno$/],
];

/** True where a path of an image is a file and no folder: what lies in a `bin` is a program. */
export function isProgramFile(image: string, path: string): boolean {
  if (/[*?[]|\/$/.test(path)) return false;
  return /\/s?bin\/[^/]+$/.test(path) || IMAGES.some(([name, file]) => name.test(image) && file.test(path));
}
