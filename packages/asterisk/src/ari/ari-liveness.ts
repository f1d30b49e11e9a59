import {
  catchError,
  defer,
  delay,
  EMPTY,
  exhaustMap,
  filter,
  ignoreElements,
  interval,
  merge,
  NEVER,
  take,
  tap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import type { AriRest } from './ari-rest.js';
import type { AriLink } from './ari-socket.js';
import { AriConnectionError } from '../ground/errors.js';

export interface LivenessOptions {
  /** What the other side is called in an error. */
  readonly shown: string;
  /** How often it is asked for a sign of life, in milliseconds; 0: never. */
  readonly pingIntervalMs: number;
  /** How long it may take to give one, in milliseconds. */
  readonly pingTimeoutMs: number;
  readonly scheduler: SchedulerLike;
}

/** A process that was busy for long finds its timers due before it reads what has come meanwhile: it gets a turn to do so. */
const ONE_TURN_MS = 1;

/**
 * Asks the other side of a connection again and again whether it is there; fails with `ARI_CONNECTION_LOST` when it gives no
 * sign of life in time (A4). It is asked by a ping where the WebSocket has one, else by a cheap request over HTTP; whatever
 * comes is a sign. While the connection is paused nobody is asked: then nothing that comes is read.
 */
export function failsWhenSilent(link: AriLink, rest: AriRest, options: LivenessOptions): Observable<never> {
  const { shown, pingIntervalMs, pingTimeoutMs, scheduler } = options;
  if (pingIntervalMs === 0) return NEVER;

  const check = () => {
    const signsBefore = link.signs;
    const isSilent = () => !link.isPaused && link.signs === signsBefore;
    const lost = () => {
      const silentMs = Math.round(scheduler.now() - link.lastHeardAt);
      return new AriConnectionError('ARI_CONNECTION_LOST', `no sign of life from ${shown} for ${silentMs} ms.`);
    };
    const verdict$ = timer(pingTimeoutMs, scheduler).pipe(
      delay(ONE_TURN_MS, scheduler),
      tap(() => {
        if (isSilent()) throw lost();
      }),
    );
    // The verdict ends it: a request that is not answered must not keep the next one from being made.
    return merge(ask(link, rest), verdict$).pipe(take(1), ignoreElements());
  };
  return interval(pingIntervalMs, scheduler).pipe(
    filter(() => !link.isPaused),
    exhaustMap(check),
  );
}

/** A sign of life that comes is noted by the link. */
function ask(link: AriLink, rest: AriRest): Observable<never> {
  const { ping } = link;
  if (ping === undefined) {
    return rest.ping().pipe(
      tap(() => link.hear()),
      catchError(() => EMPTY),
      ignoreElements(),
    );
  }
  return defer(() => {
    ping();
    return EMPTY;
  });
}
