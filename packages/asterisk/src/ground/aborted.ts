import { NEVER, Observable } from 'rxjs';

/** Never emits; fails with the signal's reason once it aborts. Listens only while it is subscribed to. */
export function aborted(signal: AbortSignal | undefined): Observable<never> {
  if (signal === undefined) return NEVER;
  return new Observable((observer) => {
    const fail = () => observer.error(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail);
    return () => signal.removeEventListener('abort', fail);
  });
}
