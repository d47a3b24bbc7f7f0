import { describe, expect, test } from 'vitest';
import type { Expectation } from '../../src/verify/expectation.ts';
import type { BaseImage, Image } from '../../src/verify/image.ts';
import { compareImages, isDifference } from '../../src/verify/verification.ts';
import { config, file, folder, image, link, text } from './images.ts';

const promise = (part: Partial<Expectation> = {}): Expectation => ({
  carried: [],
  remade: [],
  left: [],
  packages: [],
  droppedPackages: [],
  data: { certificates: false, timeZones: false, accounts: false, temporary: false },
  folders: [],
  origins: null,
  ...part,
});
const program = file({ mode: 0o755 });
const base = (entries: Parameters<typeof image>[0]): BaseImage => ({
  name: 'debian',
  config: config(),
  tree: image(entries).tree,
});
const found = (before: Image, after: Image, expected: Expectation, from: BaseImage | null = null) =>
  compareImages(before, after, from, expected)
    .findings.filter(isDifference)
    .map(({ code, args }) => `${code} ${args.path ?? args.package ?? args.name ?? args.program ?? args.user}`);

describe('files', () => {
  const before = image({ '/app/x': program, '/app/data': folder({ owner: 7 }) });

  test('that the plan carries are there as they were', () => {
    const carried = promise({ carried: ['/app'] });
    expect(found(before, before, carried)).toEqual([]);
    expect(found(before, image({ '/app/x': program }), carried)).toEqual(['DF621 /app/data']);
    expect(found(before, image({}), carried)).toEqual(['DF621 /app']);
    const changed = (part: Parameters<typeof file>[0]) =>
      found(before, image({ '/app/x': { ...program, ...part }, '/app/data': folder({ owner: 7 }) }), carried);
    for (const part of [
      { mode: 0o644 },
      { owner: 5 },
      { group: 5 },
      { digest: 'bb' },
      { size: 2 },
      { attributes: 'c' },
    ])
      expect(changed(part), JSON.stringify(part)).toEqual(['DF622 /app/x']);
    expect(changed({ modified: 99 })).toEqual([]);
    expect(found(before, image({ '/app/x': program, '/app/data': folder() }), carried)).toEqual(['DF622 /app/data']);
    const linked = image({ '/app/x': link('y') });
    expect(found(linked, image({ '/app/x': link('z') }), carried)).toEqual(['DF622 /app/x']);
  });

  test('belong to whoever has the name, not the number', () => {
    const groups = (id: number) => ({ '/etc/group': text(`root:x:0:\nkeys:x:${id}:\nmail:x:${9 - id}:\n`) });
    const owned = (id: number, group: number) => image({ ...groups(id), '/app/x': file({ group }) });
    const carried = promise({ carried: ['/app'] });
    expect(found(owned(4, 4), owned(5, 5), carried)).toEqual([]);
    expect(found(owned(4, 4), owned(5, 4), carried)).toEqual(['DF622 /app/x']);
    expect(found(owned(4, 4), image({ '/app/x': file({ group: 4 }) }), carried)).toEqual([]);
  });

  test('that the author wrote are there, or the plan left them behind', () => {
    expect(found(before, image({}), promise())).toEqual(['DF621 /app/x', 'DF621 /app/data']);
    const left = promise({ left: [{ path: '/app', tree: true, why: 'sources' }] });
    expect(found(before, image({}), left)).toEqual([]);
    expect(compareImages(before, image({}), null, left).files.gone).toMatchObject([{ why: 'sources', files: 1 }]);
  });

  test('of the base image may go, and what was changed of them may not', () => {
    const from = base({ '/usr/bin/go': program, '/etc/conf': file() });
    expect(found(image({ '/usr/bin/go': program }), image({}), promise(), from)).toEqual([]);
    expect(found(image({ '/etc/conf': file({ size: 9 }) }), image({}), promise(), from)).toEqual(['DF621 /etc/conf']);
  });

  test('of a folder behind a link are the same files', () => {
    const merged = image({ '/bin': link('usr/bin'), '/usr/bin/app': program });
    const scratch = image({ '/bin/app': program });
    expect(found(merged, scratch, promise({ carried: ['/bin/app'] }), base({ '/bin': link('usr/bin') }))).toEqual([]);
  });

  test('of a package go with it, and not without', () => {
    const status = (names: readonly string[]) =>
      text(names.map((name) => `Package: ${name}\nStatus: install ok installed\nVersion: 1\n`).join('\n'));
    const list = '/var/lib/dpkg/info/gcc.list';
    const old = image({
      '/var/lib/dpkg/status': status(['gcc', 'curl']),
      [list]: text('/usr/bin/gcc\n'),
      '/usr/bin/gcc': program,
    });
    const now = image({ '/var/lib/dpkg/status': status(['curl']) });
    expect(found(old, now, promise({ droppedPackages: ['gcc'], packages: ['curl'] }))).toEqual([]);
    expect(found(old, now, promise({ packages: ['gcc', 'curl'] }))).toEqual(['DF621 /usr/bin/gcc', 'DF623 gcc']);
    // What the other packages bring along may be of another version.
    const version = (number: number) =>
      image({
        '/var/lib/dpkg/status': text(`Package: gcc\nStatus: install ok installed\nVersion: ${number}\n`),
        [list]: text('/usr/bin/gcc\n'),
        '/usr/bin/gcc': file({ size: number }),
      });
    expect(found(version(1), version(2), promise({ packages: ['gcc'] }))).toEqual([]);
    const hollow = image({ '/var/lib/dpkg/status': status(['gcc', 'curl']), [list]: text('/usr/bin/gcc\n') });
    expect(found(old, hollow, promise({ packages: ['gcc', 'curl'] }))).toEqual(['DF621 /usr/bin/gcc']);
  });

  test('of the distribution name another program where the one they named went, or the same one', () => {
    const status = text('Package: less\nStatus: install ok installed\nVersion: 1\n');
    const old = image({
      '/var/lib/dpkg/status': status,
      '/var/lib/dpkg/info/less.list': text('/usr/bin/less\n'),
      '/usr/bin/less': program,
      '/usr/bin/more': program,
      '/etc/alternatives/pager': link('/usr/bin/less'),
    });
    const now = (target: string) =>
      image({
        '/usr/bin/more': program,
        '/usr/bin/lesser': link('more'),
        '/etc/alternatives/pager': link(target),
      });
    const promised = promise({ droppedPackages: ['less'] });
    const from = base({ '/usr/bin/more': program });
    expect(found(old, now('/usr/bin/more'), promised, from)).toEqual([]);
    expect(found(now('/usr/bin/more'), now('/usr/bin/lesser'), promise(), from)).toEqual([]);
    const both = image({ '/usr/bin/less': program, '/etc/alternatives/pager': link('/usr/bin/more') });
    expect(found(old, both, promised, from)).toContain('DF622 /etc/alternatives/pager');
  });

  test('that lead to a link of a package go with it, though what that leads to stays', () => {
    const library = file();
    const old = image({
      '/var/lib/dpkg/status': text('Package: blas-dev\nStatus: install ok installed\nVersion: 1\n'),
      '/var/lib/dpkg/info/blas-dev.list': text('/usr/lib/blas/libblas.so\n'),
      '/usr/lib/libblas.so.3': library,
      '/usr/lib/blas/libblas.so': link('../libblas.so.3'),
      '/etc/alternatives/libblas.so': link('/usr/lib/blas/libblas.so'),
      '/usr/lib/libblas.so': link('/etc/alternatives/libblas.so'),
    });
    const now = image({ '/usr/lib/libblas.so.3': library });
    expect(found(old, now, promise({ droppedPackages: ['blas-dev'] }))).toEqual([]);
  });

  test('that every installation makes anew need not be equal', () => {
    const made = (part: Partial<Parameters<typeof file>[0]>) =>
      image({ '/etc/ssl/private/ssl-cert-snakeoil.key': file(part), '/var/spool/cron/crontabs/root': file(part) });
    expect(found(made({}), made({ digest: 'bb' }), promise())).toEqual([]);
    expect(found(made({}), image({}), promise())).toHaveLength(2);
  });

  test('that programs ask the image for are there', () => {
    const old = image({ '/etc/ssl/certs/ca-certificates.crt': file(), '/etc/passwd': text('') });
    const asks = promise({ data: { certificates: true, timeZones: true, accounts: true, temporary: true } });
    const from = base({ '/etc/ssl/certs/ca-certificates.crt': file(), '/etc/passwd': text('') });
    expect(found(old, image({}), asks, from)).toEqual([
      'DF624 /etc/ssl/certs/ca-certificates.crt',
      'DF624 /etc/passwd',
    ]);
  });

  test('lie in folders with the same owner and mode', () => {
    const own = image({ '/app': folder({ owner: 7 }), '/app/x': program }, { workdir: '/app' });
    const lost = image({ '/app/x': program }, { workdir: '/app' });
    expect(found(own, lost, promise({ carried: ['/app/x'] }))).toEqual(['DF622 /app']);
  });
});

describe('programs', () => {
  const shell = { '/bin/sh': program };
  const state = { workdir: '/app', env: new Map([['PATH', '/bin']]) };
  const from = base({ '/bin/sh': program, '/bin/curl': program, '/bin/node': program });

  test('that the container starts are found', () => {
    const start = { ...state, cmd: ['node', 'app.js'] };
    const before = image({ '/bin/node': program, '/app/app.js': file() }, start);
    expect(found(before, image({ '/app/app.js': file() }, start), promise(), from)).toEqual(['DF631 node']);
    const left = promise({ left: [{ path: '/app', tree: true, why: 'sources' }] });
    expect(found(before, image({ '/bin/node': program }, start), left, from)).toContain('DF632 app.js');
  });

  test('of a health check and of scripts are found', () => {
    const health = { ...state, healthcheck: { test: ['CMD-SHELL', 'curl -f localhost || exit 1'], timing: '' } };
    const before = image({ ...shell, '/bin/curl': program }, health);
    expect(found(before, image(shell, health), promise(), from)).toEqual(['DF631 curl']);
    const script = text('#!/bin/sh\nset -e\nif true; then curl x; fi\nexec "$@"\n', { mode: 0o755 });
    const start = { ...state, entrypoint: ['/app/run.sh'], cmd: ['sh'] };
    const old = image({ ...shell, '/bin/curl': program, '/app/run.sh': script }, start);
    expect(found(old, image({ ...shell, '/app/run.sh': script }, start), promise(), from)).toEqual(['DF631 curl']);
  });

  test('find their libraries and interpreters where they did before', () => {
    const elf = { machine: '64-62', interpreter: null, needed: ['libz.so.1'], searchPath: [], name: null };
    const own = { '/app/x': file({ mode: 0o755, elf }) };
    const zlib = { '/usr/lib/libz.so.1': file() };
    const carried = promise({ carried: ['/app/x'] });
    const library = base(zlib);
    expect(found(image({ ...own, ...zlib }), image({ ...own, ...zlib }), carried, library)).toEqual([]);
    expect(found(image({ ...own, ...zlib }), image(own), carried, library)).toEqual(['DF633 /app/x']);
    // It did not resolve in the old image either.
    expect(found(image(own), image(own), carried, library)).toEqual([]);
    const script = { '/bin/tool': text('#!/usr/bin/env node\n', { mode: 0o755 }) };
    const before = image({ ...script, '/bin/node': program }, state);
    expect(found(before, image(script, state), promise({ carried: ['/bin/tool'] }), from)).toEqual(['DF634 /bin/tool']);
  });

  test('run as the same account', () => {
    const passwd = (id: number) => ({ '/etc/passwd': text(`root:x:0:0::/root:/bin/sh\napp:x:${id}:5::/:/bin/sh\n`) });
    const user = { user: 'app' };
    expect(found(image(passwd(5), user), image(passwd(5), user), promise())).toEqual([]);
    expect(found(image(passwd(5), user), image(passwd(6), user), promise())).toEqual(['DF636 app']);
    expect(found(image(passwd(5), user), image({ '/etc/passwd': text('') }, user), promise())).toEqual(['DF636 app']);
  });
});
