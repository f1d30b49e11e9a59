import { useRef } from 'react';

/** What `make` gives; made anew when one of the keys is another. For what is read from a model that changes in place. */
export function useWhenChanged<Made>(keys: readonly unknown[], make: () => Made): Made {
  const kept = useRef<{ readonly keys: readonly unknown[]; readonly made: Made }>(undefined);
  if (kept.current?.keys.every((key, index) => Object.is(key, keys[index])) !== true) {
    kept.current = { keys, made: make() };
  }
  return kept.current.made;
}
