import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem } from '../ecosystem.ts';

/** Lua with LuaRocks and OpenResty's opm: https://github.com/luarocks/luarocks/wiki/luarocks, https://opm.openresty.org/docs */
export const lua: Ecosystem = {
  id: 'lua',
  docs: 'https://github.com/luarocks/luarocks/wiki/luarocks',
  interpreted: true,
  compileInput: () => false,
  rules: [
    {
      id: 'install',
      tools: ['luarocks', 'luarocks-5.1', 'luarocks-5.2', 'luarocks-5.3', 'luarocks-5.4', 'luarocks5.1', 'luarocks5.3'],
      subcommands: ['install', 'make', 'build'],
      valueFlags: ['--tree', '--server', '--lua-version', '--lua-dir', '--only-server'],
      says: 'installs modules',
      example: 'luarocks install lapis',
      read: (call, words) => {
        const tree =
          words.flags.get('--tree') ?? (words.flags.has('--local') ? resolvePath(call.home, '.luarocks') : undefined);
        if (tree === null || tree === true) return [{ kind: 'unknown', why: 'where it installs is not known' }];
        const own = call.image?.family === 'openresty' ? '/usr/local/openresty/luajit' : '/usr/local';
        const made: BuildEffect[] = [
          { kind: 'cache', path: resolvePath(call.home, '.cache/luarocks') },
          { kind: 'dependencies', path: tree === undefined ? own : resolvePath(call.cwd, tree) },
        ];
        // A rock may compile C against libraries of the system.
        return [
          ...made,
          {
            kind: 'assumes',
            code: 'DF307',
            args: { what: words.operands.filter(Boolean).join(', ') || 'the rockspec' },
          },
        ];
      },
    },
    {
      id: 'opm',
      tools: ['opm'],
      subcommands: ['get', 'install'],
      says: 'installs modules in Lua alone',
      example: 'opm get ledgetech/lua-resty-http',
      read: () => [{ kind: 'dependencies', path: '/usr/local/openresty/site' }],
    },
  ],
};
