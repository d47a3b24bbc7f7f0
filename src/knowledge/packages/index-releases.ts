/** The releases of Debian whose package indexes are compiled into `index/`, in their order. */
export const RELEASES: readonly string[] = ['bullseye', 'bookworm', 'trixie'];
