import { useLayoutEffect } from 'preact/hooks';

/**
 * Gives every key that is pressed on the page to `press` of the latest render. It listens from the moment the page is drawn: an
 * effect that waits for the paint would miss the keys of a quick reader, or judge by the list of the render before.
 */
export function useKeys(press: (event: KeyboardEvent) => void): void {
  useLayoutEffect(() => {
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
