import { useEffect, useLayoutEffect, type DependencyList, type EffectCallback } from 'react';

/**
 * Hook: an effect that runs as part of the commit, before the browser paints and before any `useEffect`. On a server,
 * where no effect runs, it is a plain one: React 18 warns of the other there.
 */
export function useCommitEffect(effect: EffectCallback, dependencies: DependencyList): void {
  const useEffectHere = typeof document === 'undefined' ? useEffect : useLayoutEffect;
  useEffectHere(effect, dependencies);
}
