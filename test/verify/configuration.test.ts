import { describe, expect, test } from 'vitest';
import { compareConfiguration } from '../../src/verify/configuration.ts';
import type { BaseImage, ImageConfig } from '../../src/verify/image.ts';
import { config, file, image } from './images.ts';

const base = (part: Partial<ImageConfig>): BaseImage => ({
  name: 'golang:1.25',
  config: config(part),
  tree: new Map(),
});
const codes = (before: Partial<ImageConfig>, after: Partial<ImageConfig>, from: BaseImage | null = null) =>
  compareConfiguration(image({}, before), image({}, after), from).map(
    ({ code, args }) => `${code} ${args.keyword ?? args.what}`,
  );

describe('compareConfiguration', () => {
  test.each<[string, Partial<ImageConfig>]>([
    ['USER', { user: 'app' }],
    ['WORKDIR', { workdir: '/app' }],
    ['CMD', { cmd: ['a'] }],
    ['ENTRYPOINT', { entrypoint: ['a'] }],
    ['HEALTHCHECK', { healthcheck: { test: ['CMD', 'a'], timing: '1 0 0 0 0' } }],
    ['EXPOSE', { ports: ['80/tcp'] }],
    ['VOLUME', { volumes: ['/data'] }],
    ['STOPSIGNAL', { stopSignal: 'SIGINT' }],
    ['SHELL', { shell: ['/bin/bash', '-c'] }],
    ['ONBUILD', { onBuild: ['RUN a'] }],
    ['MAINTAINER', { author: 'a' }],
    ['--platform', { platform: 'linux/arm64' }],
  ])('tells that %s went, came, and nothing where it is equal', (keyword, part) => {
    expect(codes(part, {})).toEqual([`DF611 ${keyword}`]);
    expect(codes({}, part)).toEqual([`DF611 ${keyword}`]);
    expect(codes(part, { ...part })).toEqual([]);
  });

  test('gives both values', () => {
    const [one] = compareConfiguration(image({}, { cmd: ['a', 'b'] }), image({}, { cmd: ['a'] }), null);
    expect([one?.before, one?.after]).toEqual(['["a","b"]', '["a"]']);
  });

  test('holds the author to labels and variables, and the base image to those that programs read', () => {
    const env = (...pairs: [string, string][]): Partial<ImageConfig> => ({ env: new Map(pairs) });
    const golang = base(env(['GOLANG_VERSION', '1.25'], ['GOPATH', '/go'], ['LANG', 'C.UTF-8']));
    expect(codes(env(['MODE', 'x']), {}, golang)).toEqual(['DF612 ENV MODE']);
    expect(codes(env(['MODE', 'x']), env(['MODE', 'y']), golang)).toEqual(['DF612 ENV MODE']);
    expect(codes(env(['GOLANG_VERSION', '1.25']), {}, golang)).toEqual(['DF613 ENV GOLANG_VERSION']);
    expect(codes(env(['LANG', 'C.UTF-8']), {}, golang)).toEqual(['DF612 ENV LANG']);
    // The author wrote it over the image's: it is the author's.
    expect(codes(env(['GOLANG_VERSION', '9']), {}, golang)).toEqual(['DF612 ENV GOLANG_VERSION']);
    const labels = new Map([['title', 'x']]);
    expect(codes({ labels }, {}, golang)).toEqual(['DF612 LABEL title']);
    expect(codes({ labels }, {}, base({ labels }))).toEqual(['DF614 LABEL title']);
  });

  test('lets a variable of the base image go with the folder that it names', () => {
    const env = new Map([['TOOLS', '/go']]);
    const before = image({ '/go/bin/x': file() }, { env });
    expect(compareConfiguration(before, image({}), base({ env })).map(({ code }) => code)).toEqual(['DF613']);
    const stays = image({ '/go/bin/x': file() });
    expect(compareConfiguration(before, stays, base({ env })).map(({ code }) => code)).toEqual(['DF612']);
  });

  test('misses a folder of PATH in which programs are', () => {
    const program = { '/opt/bin/tool': file({ mode: 0o755 }) };
    const path = (value: string): Partial<ImageConfig> => ({ env: new Map([['PATH', value]]) });
    const before = image(program, path('/opt/bin:/bin'));
    const compare = (after: ReturnType<typeof image>) =>
      compareConfiguration(before, after, null).map(({ code }) => code);
    expect(compare(image(program, path('/bin')))).toEqual(['DF612']);
    expect(compare(image({}, path('/bin')))).toEqual(['DF613']);
    expect(compare(image(program, path('/bin:/opt/bin')))).toEqual(['DF612']);
  });
});
