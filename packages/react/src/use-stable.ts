import { useState } from 'react';

/**
 * Hook: the value, but as long as it stays the same the very object that came first. So an array or object written inside
 * of a component, which is a new one at each render, is no reason to subscribe anew.
 */
export function useStable<Value>(value: Value, isSame: (one: Value, other: Value) => boolean): Value {
  const [stable, setStable] = useState(() => value);
  if (isSame(stable, value)) return stable;
  setStable(() => value); // React renders again at once
  return value;
}
