import { useLayoutEffect, useState } from 'preact/hooks';
import { type Filter, fromParameters, toParameters } from './filter.ts';

/** Where the reader is: the overview, or the page of a file; both know the filter. */
export interface Route {
  readonly file: number | null;
  readonly filter: Filter;
}

export function addressOf({ file, filter }: Route): string {
  const parameters = toParameters(filter);
  return `#/${file === null ? '' : file}${parameters === '' ? '' : `?${parameters}`}`;
}

function routeOf(hash: string): Route {
  const [, file = '', parameters = ''] = /^#\/(\d*)(?:\?(.*))?$/.exec(hash) ?? [];
  return { file: file === '' ? null : Number(file), filter: fromParameters(parameters) };
}

/** The route of the address, and the way to another one; `replace` adds no step to the history. */
export function useRoute(): [Route, (route: Route, replace?: boolean) => void] {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useLayoutEffect(() => {
    const follow = (): void => setRoute(routeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return [
    route,
    (next, replace = false) => {
      if (replace) {
        history.replaceState(null, '', addressOf(next));
        setRoute(next);
      } else location.hash = addressOf(next);
    },
  ];
}
