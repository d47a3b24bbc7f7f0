import type { Entry, Image, ImageConfig } from '../../src/verify/image.ts';

/** Images made of a few words: what a test does not name is as plain as an empty image. */
export const file = (part: Partial<Entry> = {}): Entry => ({
  type: 'file',
  mode: 0o644,
  owner: 0,
  group: 0,
  size: 1,
  target: null,
  digest: 'aa',
  attributes: null,
  modified: 1,
  text: null,
  elf: null,
  ...part,
});
export const folder = (part: Partial<Entry> = {}): Entry =>
  file({ type: 'folder', mode: 0o755, size: 0, digest: null, ...part });
export const link = (target: string): Entry => file({ type: 'link', mode: 0o777, size: 0, digest: null, target });
export const text = (content: string, part: Partial<Entry> = {}): Entry =>
  file({ text: content, size: content.length, ...part });

const plain: ImageConfig = {
  user: '',
  workdir: '/',
  env: new Map(),
  cmd: null,
  entrypoint: null,
  healthcheck: null,
  ports: [],
  volumes: [],
  labels: new Map(),
  stopSignal: null,
  shell: null,
  onBuild: [],
  author: null,
  platform: 'linux/amd64',
};

export const config = (part: Partial<ImageConfig> = {}): ImageConfig => ({ ...plain, ...part });

/** Folders above the files are made by themselves. */
export function image(entries: Readonly<Record<string, Entry>>, part: Partial<ImageConfig> = {}): Image {
  const tree = new Map<string, Entry>();
  for (const [path, entry] of Object.entries(entries)) {
    const names = path.split('/').slice(1, -1);
    for (let count = 1; count <= names.length; count++) {
      const above = `/${names.slice(0, count).join('/')}`;
      if (!tree.has(above)) tree.set(above, folder());
    }
    tree.set(path, entry);
  }
  return { config: config(part), tree, size: 0, compressed: 0, layers: 1 };
}
