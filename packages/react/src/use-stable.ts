import { useInsertionEffect, useRef } from 'react';

/**
 * Hook: the value, but as long as it stays the same the very object that came first. So an array or object written inside
 * of a component, which is a new one at each render, is no reason to subscribe anew.
 *
 * It is compared with that of the newest render on the page. To keep it in a state, set while rendering, would have React
 * render again and again where each render makes another value.
 */
export function useStable<Value>(value: Value, isSame: (one: Value, other: Value) => boolean): Value {
  const newest = useRef(value);
  // eslint-disable-next-line react-hooks/refs -- it changes in commits only, so a render that is thrown away leaves no trace
  const stable = isSame(newest.current, value) ? newest.current : value;
  useInsertionEffect(() => {
    newest.current = stable;
  });
  return stable;
}
