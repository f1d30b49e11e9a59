import { useEffect, useRef, type RefObject } from 'react';
import { useCommitEffect } from './use-commit-effect.js';

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
  useCommitEffect(() => {
    run(start, running);
  }, [start]);
  useEffect(() => {
    run(start, running);
    return () => {
      stop(start, running);
    };
  }, [start]);
}

interface Running {
  readonly start: Start;
  readonly end: () => void;
}

function run(start: Start, running: RefObject<Running | undefined>): void {
  const former = running.current;
  if (former?.start === start) return;
  if (former !== undefined) stop(former.start, running);
  running.current = { start, end: start() };
}

/** Ends what was started so; if something else was started since, that has been done. */
function stop(start: Start, running: RefObject<Running | undefined>): void {
  const { current } = running;
  if (current?.start !== start) return;
  running.current = undefined;
  current.end();
}
