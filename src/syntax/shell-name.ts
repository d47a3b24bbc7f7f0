import { baseName } from './paths.ts';

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'zsh']);

/** A program that runs shell text, by its name or its path. */
export const isShell = (program: string): boolean => SHELLS.has(baseName(program));

/** A shell that reads its text as it is read here; zsh splits no variable into words: https://zsh.sourceforge.io/FAQ/zshfaq03.html */
export const isReadShell = (program: string): boolean => isShell(program) && baseName(program) !== 'zsh';

/** A flag of a shell behind which its text stands: `-c`, `-lc`, `-ec`. */
export const isTextFlag = (word: string | null | undefined): boolean => /^-[abd-zA-Z]*c[a-zA-Z]*$/.test(word ?? '');

/** True where the first line of a script names a shell: `#!/bin/sh -e`, `#!/usr/bin/env bash`, `#!/usr/bin/with-contenv sh`. */
export const startsShell = (text: string, wanted = isShell): boolean =>
  /^#!.*/.exec(text)?.[0].slice(2).split(/\s+/).some(wanted) ?? false;

/** A script of the shell, by its name or its first line. */
export const isShellScript = (path: string, text: string): boolean => /\.(ba)?sh$/.test(path) || startsShell(text);
