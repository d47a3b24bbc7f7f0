import { expect, test } from 'vitest';
import { nginxPaths } from '../../src/knowledge/static-servers.ts';

const files = (text: string) => ({ read: () => text, list: () => null });
const START = ['nginx', '-g', 'daemon off;'];
const PAGES = ['/var/www/html', '/usr/share/nginx/html'];

test.each([
  ['root /srv/pages;', ['/srv/pages']],
  ['root "/srv/pages";', ['/srv/pages']],
  ['root /srv/pages/;\nssl_certificate /certs/a.pem;', ['/srv/pages', '/certs/a.pem']],
  ['root /srv/$host/pages;', ['/srv']],
  ['root /srv/pages-$lang;', ['/srv']],
  ['root "/srv/my pages";', ['/srv']],
  ['proxy_pass http://unix:/run/app/web.sock;', ['/', '/run/app/web.sock']],
  ['# root /old;', []],
])('nginx that is told `%s` reads %j', (settings, paths) => {
  expect(nginxPaths(START, ['/etc/nginx/conf.d/a.conf'], files(settings))).toEqual([...PAGES, ...paths]);
});

test.each([
  'root $pages;',
  'root /$host;',
  'alias /pages-$lang;',
  'include $dir/*.conf;',
  'include /app/conf/*.conf;',
  'load_module x.so;',
  'user app;',
])('nginx that is told `%s` may read anything', (settings) => {
  expect(nginxPaths(START, ['/etc/nginx/conf.d/a.conf'], files(settings))).toBeNull();
});

test('another file of settings, or a word that is not known, may name anything', () => {
  expect(nginxPaths(['nginx', '-c', '/app/nginx.conf'], [], files(''))).toBeNull();
  expect(nginxPaths(['nginx', null], [], files(''))).toBeNull();
});
