type Mirrors = Readonly<Record<string, string>>;

const HUB = 'docker.io';

/** A reference with the registry behind its mirror: `registry.example.com/hub/golang` → `docker.io/golang`. */
export function withoutMirror(reference: string, mirrors: Mirrors): string {
  for (const [registry, mirror] of Object.entries(mirrors))
    if (reference.startsWith(`${mirror}/`)) return registry + reference.slice(mirror.length);
  return reference;
}

/** A reference as the mirror of its registry has it; official images lie in `library/` unless the author says otherwise. */
export function withMirror(image: string, mirrors: Mirrors): string {
  if (image === 'scratch') return image;
  const host = image.split('/')[0] as string;
  const stated = image.includes('/') && /[.:]|^localhost$/.test(host);
  const mirror = mirrors[stated ? host : HUB];
  if (mirror === undefined) return image;
  return `${mirror}/${stated ? image.slice(host.length + 1) : image.includes('/') ? image : `library/${image}`}`;
}

/** Patterns of allowed images with the same images in their mirrors. */
export function allowedInMirrors(patterns: readonly string[], mirrors: Mirrors): string[] {
  const mirrored = patterns.flatMap((pattern) =>
    Object.entries(mirrors).flatMap(([registry, mirror]) => {
      if (!pattern.startsWith(`${registry}/`)) return [];
      const path = pattern.slice(registry.length + 1);
      return [`${mirror}/${path}`, ...(registry === HUB ? [`${mirror}/${path.replace(/^library\//, '')}`] : [])];
    }),
  );
  return [...patterns, ...mirrored];
}
