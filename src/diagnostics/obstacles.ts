import type { CatalogueEntry } from './diagnostic.ts';

/** What stands in the way of a runtime image, and what the author can do about it. */
export const obstacles: NonNullable<CatalogueEntry['reasons']> = {
  'no-rung': {
    reason: 'no smaller form of it is known',
    remedy: 'Choose an image with --runtime IMAGE after checking what the container needs.',
  },
  'not-allowed': {
    reason: '{what} would do, but is not among the allowed images',
    remedy: 'Allow it with --allow-images, or choose another with --runtime IMAGE.',
  },
  language: {
    reason: 'the language needs an image of its own when it runs',
    remedy: 'Choose an image of that language with --runtime IMAGE.',
  },
  translations: {
    reason: 'the container speaks another language, and the slim image leaves the translations out',
    remedy: 'Choose an image with --runtime IMAGE, or leave LANG at C.UTF-8.',
  },
  'own-libraries': {
    reason: 'what it compiles links the libraries of its own compiler, which are newer than the distribution’s',
    remedy: 'Link them statically with -static-libgcc -static-libstdc++, or build on the distribution’s compiler.',
  },
  'package-file': {
    reason: 'what the package file that it installs needs of the system is not known',
    remedy: 'Install the package from a repository of the distribution, where it has it.',
  },
  'image-libraries': {
    reason: '{what}',
    remedy: 'Install the libraries in the file by their packages and choose an image with --runtime IMAGE.',
  },
  'installs-at-start': {
    reason: 'the container itself installs packages by {what} when it starts, and may have to compile them',
    remedy: 'Install them in the file: then what they are compiled with stays behind.',
  },
  'base-configuration': {
    reason: 'the image states a {what} that the smaller one does not have',
    remedy: 'Write {what} into the file.',
  },
  file: {
    reason: 'a RUN of the container’s stage needs {what}, which the smaller image may not have',
    remedy: 'Copy the file from the build context, or choose an image that has it with --runtime IMAGE.',
  },
  'folder-owner': {
    reason: 'the image’s own user is not root, and only root can give {what} the owner and the mode that it had',
    remedy: 'Make the folder by WORKDIR, or write USER into the file.',
  },
  'image-variable': {
    reason: 'the container’s instructions read {what}, which the image sets and the smaller one does not',
    remedy: 'Set {what} in the file by ARG or ENV.',
  },
  account: {
    reason: 'the account {what} is one of the image’s own',
    remedy: 'Create the account in the file, or write USER with its number.',
  },
  program: {
    reason: 'the container starts {what}, which the smaller image does not have, and no package is known for it',
    remedy: 'Install it in the file by its package, then it stays.',
  },
  'not-found': {
    reason: 'the container starts {what}, and no step is known to make it',
    remedy: 'Check its path and PATH, and give dfsplit the build context with --context.',
  },
  'package-on-slim': {
    reason: 'the package {what} does not install on the slim image',
    remedy: 'Choose an image with --runtime IMAGE.',
  },
  packages: {
    reason: 'the smaller image lacks {what}, which cannot be installed there',
    remedy: 'Choose an image with --runtime IMAGE that has it.',
  },
  shell: {
    reason: 'the container needs a shell, or what its programs do cannot be told',
    remedy: 'Write CMD and ENTRYPOINT in the exec form, and give dfsplit the sources with --context.',
  },
  linkage: {
    reason: 'what is built is not known to be static, or to need the C library alone',
    remedy: 'Link statically, for Go with CGO_ENABLED=0.',
  },
  data: {
    reason: 'its programs read files, certificates, accounts or time zones that an empty image lacks',
    remedy: 'Choose a larger image with --runtime auto.',
  },
};

/** What stands in the way of an image, in words. */
export const obstacleText = (why: string, what: string): string =>
  (obstacles[why]?.reason ?? why).replaceAll('{what}', what);
