/** Packages of nothing but data that images without packages have, where programs ask for it: https://github.com/GoogleContainerTools/distroless */
export const isDataOfImages = (name: string): boolean => name === 'ca-certificates' || name === 'tzdata';

/** Authorities of the author's own, which update-ca-certificates adds: https://manpages.debian.org/update-ca-certificates.8 */
export const OWN_AUTHORITIES = '/usr/local/share/ca-certificates';
