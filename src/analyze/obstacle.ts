/** Why an image cannot be the runtime image; the catalogue has a sentence for each. */
export interface Obstacle {
  readonly why:
    | 'no-rung'
    | 'not-allowed'
    | 'language'
    | 'translations'
    | 'own-libraries'
    | 'image-libraries'
    | 'installs-at-start'
    | 'base-configuration'
    | 'image-variable'
    | 'account'
    | 'file'
    | 'program'
    | 'not-found'
    | 'package-on-slim'
    | 'packages'
    | 'package-file'
    | 'shell'
    | 'linkage'
    | 'data';
  /** What it is about: a program, a package, an instruction; '' where the kind says it all. */
  readonly what: string;
}
