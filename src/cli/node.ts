/** `dfsplit/node`: build contexts that need Node.js, for `split` of `dfsplit`. */
export { defaultContext } from './default-context.ts';
export { diskContext } from './disk-context.ts';
export { gitContext } from './git-context.ts';
