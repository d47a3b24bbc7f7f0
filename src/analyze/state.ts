import type { ImageFacts } from '../knowledge/image.ts';
import type { Instruction } from '../syntax/document.ts';
import { expand } from '../syntax/expand.ts';
import { resolvePath } from '../syntax/paths.ts';
import { keyValues } from '../syntax/words.ts';

/** What is in force at an instruction. null stands for a value that is not known. */
export interface State {
  readonly env: ReadonlyMap<string, string | null>;
  readonly args: ReadonlyMap<string, string | null>;
  readonly workdir: string | null;
  readonly user: string | null;
  /** The group that USER names; null where it names none, or one that is not known. */
  readonly group: string | null;
  /** The argv of SHELL. */
  readonly shell: readonly string[];
}

// https://docs.docker.com/reference/dockerfile/#predefined-args: set by the builder, values unknown here.
export const PREDEFINED = /^(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT)$|^(https?|ftp|no|all)_proxy$/i;

/** The state behind FROM. */
export function initialState(image: ImageFacts | null): State {
  return {
    env: new Map(Object.entries(image?.env ?? {})),
    args: new Map(),
    workdir: image === null ? null : image.workdir,
    user: image === null ? null : image.user || 'root',
    group: null,
    shell: ['/bin/sh', '-c'],
  };
}

/** The value of a variable in an instruction or a command; undefined where it is not set. */
export function lookup(state: State, name: string): string | null | undefined {
  if (state.env.has(name)) return state.env.get(name);
  if (state.args.has(name)) return state.args.get(name);
  return undefined;
}

/** It has the default of its ARG, which a build may give another value. */
export const isDefault = (state: State, name: string, given: Readonly<Record<string, string>>): boolean =>
  !state.env.has(name) && state.args.has(name) && !Object.hasOwn(given, name);

/** Expands a word of an instruction; null where a value in it is not known. */
export function expandIn(state: State, raw: string, escape: string): string | null {
  return expand(raw, (name) => lookup(state, name), escape).value;
}

/** `USER app:staff`: without a group it is the one of the account. */
function withUser(state: State, text: string | null): State {
  const [user = null, group = null] = text?.split(':') ?? [];
  return { ...state, user, group };
}

/** The state behind an instruction. `globals` are the ARGs before the first FROM, `given` the caller's build arguments. */
export function advance(
  state: State,
  instruction: Instruction,
  escape: string,
  globals: ReadonlyMap<string, string | null>,
  given: Readonly<Record<string, string>>,
): State {
  const text = instruction.rest.text;
  switch (instruction.keyword) {
    case 'ENV': {
      const env = new Map(state.env);
      for (const { key, value } of keyValues(instruction)) env.set(key, expandIn(state, value ?? '', escape));
      return { ...state, env };
    }
    case 'ARG': {
      const args = new Map(state.args);
      for (const { key, value } of keyValues(instruction)) {
        const own = value === null || value === undefined ? undefined : expandIn(state, value, escape);
        // A default can be overridden by --build-arg: the value in the file is what an ordinary build uses.
        args.set(
          key,
          (Object.hasOwn(given, key) ? given[key] : undefined) ??
            own ??
            globals.get(key) ??
            (PREDEFINED.test(key) ? null : own === null ? null : ''),
        );
      }
      return { ...state, args };
    }
    case 'WORKDIR': {
      const path = expandIn(state, text, escape);
      if (path === null) return { ...state, workdir: null };
      if (!path.startsWith('/') && state.workdir === null) return { ...state, workdir: null };
      return { ...state, workdir: resolvePath(state.workdir ?? '/', path) };
    }
    case 'USER':
      return withUser(state, expandIn(state, text, escape));
    case 'SHELL':
      return { ...state, shell: instruction.exec ?? state.shell };
    default:
      return state;
  }
}
