import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/** Starts something; what it returns ends that. */
export type Start = () => () => void;

/**
 * Hook: has something running for as long as the component is on the page. It is started in the commit, before any
 * `useEffect` and before the browser paints; and it goes on while Suspense shows a fallback in the component's place,
 * where React takes layout effects away but leaves the others. An `Activity` that is hidden ends it until it is shown.
 *
 * @param start when it is another function, what runs is ended and that one is started
 */
export function useWhileMounted(start: Start): void {
  const running = useRef<Running>(undefined);
  // A server runs no effects, and React 18 warns of this one there.
  const useCommitEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;
  useCommitEffect(() => {
    run(start, running);
  }, [start]);
  useEffect(() => {
    run(start, running);
    return () => {
      if (running.current?.start === start) stop(running); // else the next one has been started in the same commit
    };
  }, [start]);
}

interface Running {
  readonly start: Start;
  readonly end: () => void;
}

function run(start: Start, running: RefObject<Running | undefined>): void {
  if (running.current?.start === start) return;
  stop(running);
  running.current = { start, end: start() };
}

function stop(running: RefObject<Running | undefined>): void {
  const { current } = running;
  running.current = undefined; // first: whatever follows may throw
  current?.end();
}
