import { useInsertionEffect, useRef, type RefObject } from 'react';

/**
 * Hook: the value of the newest render that is on the page, for what runs later. Not that of a render which React has
 * begun and may throw away; and set before any effect of the same commit runs.
 */
export function useNewest<Value>(value: Value): Readonly<RefObject<Value>> {
  const newest = useRef(value);
  useInsertionEffect(() => {
    newest.current = value;
  });
  return newest;
}
