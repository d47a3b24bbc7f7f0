/** The releases of Debian whose package indexes are compiled into `index/`, in their order. */
export const RELEASES: readonly string[] = ['bullseye', 'bookworm', 'trixie'];

/** The releases of Alpine whose build files are: https://github.com/alpinelinux/aports, at the commits that made them. */
export const ALPINE_RELEASES: readonly string[] = Array.from({ length: 20 }, (_, index) => `3.${index + 5}`);
