import type { NatsConnection } from '@nats-io/nats-core';
import { catchError, defer, distinctUntilChanged, exhaustMap, map, of, timeout, timer, type Observable } from 'rxjs';

const ASKED_EVERY_MS = 2000;
const ANSWERED_WITHIN_MS = 2000;

/**
 * Whether NATS answers: asked every two seconds. A WebSocket to a server that hangs stays open, and so does a connection
 * that has given it up, until the server has agreed.
 */
export function answersOf(connection: NatsConnection): Observable<boolean> {
  return timer(0, ASKED_EVERY_MS).pipe(
    exhaustMap(() =>
      defer(() => connection.rtt()).pipe(
        timeout(ANSWERED_WITHIN_MS),
        map(() => true),
        catchError(() => of(false)),
      ),
    ),
    distinctUntilChanged(),
  );
}
