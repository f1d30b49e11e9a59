import {
  catchError,
  defer,
  forkJoin,
  from,
  map,
  mergeMap,
  of,
  switchMap,
  toArray,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { AriFields, isJsonObject } from '../events/ari-fields.js';
import type { AriRest } from '../ari/ari-rest.js';
import { readBridge, type Bridge } from '../snapshots/bridge.js';
import { readChannel, type Channel } from '../snapshots/channel.js';
import { readEndpoint, type Endpoint } from '../snapshots/endpoint.js';
import { AriConnectionError, BrokenAriEventError } from '../ground/errors.js';
import { copyJson } from '../events/json-copy.js';
import { readLiveRecording, type LiveRecording } from '../snapshots/live-recording.js';
import { mediaTarget } from '../snapshots/media-target.js';
import { readPlayback, type Playback } from '../snapshots/playback.js';
import type { Populations } from '../topics/populations.js';
import { TimeSlice } from '../ground/time-slice.js';

/** What Asterisk has; of a kind that could not be listed `undefined`. */
export interface AriListing {
  /** When it was complete, in milliseconds since the Unix epoch. */
  readonly listedAt: number;
  readonly channels: readonly Channel[] | undefined;
  readonly bridges: readonly Bridge[] | undefined;
  readonly endpoints: readonly Endpoint[] | undefined;
  /** Of those that were held. */
  readonly playbacks: readonly Playback[] | undefined;
  /** Of those that were held. */
  readonly recordings: readonly LiveRecording[] | undefined;
  /** Why some of these could not be listed. */
  readonly unlisted: readonly AriConnectionError[];
  /** Whether the application is known to be sent every event. */
  readonly isEverythingSent: boolean;
  /** What is wrong, each thing once. */
  readonly problems: readonly AriConnectionError[];
}

export interface ListingOptions {
  readonly rest: AriRest;
  /** Name of the Stasis application. */
  readonly app: string;
  /** What is held: Asterisk lists neither playbacks nor recordings, so it is asked for each of these. */
  readonly held: Populations;
  readonly scheduler: SchedulerLike;
}

/** Lists what Asterisk has, when subscribed to; gives up when unsubscribed from. Never fails. */
export function listAsterisk({ rest, app, held, scheduler }: ListingOptions): Observable<AriListing> {
  const list = <T>(path: string, read: (fields: AriFields) => T) =>
    orProblem(rest.get(path).pipe(switchMap((json) => readList(path, json, read, scheduler))));

  return defer(() =>
    forkJoin({
      application: orProblem(rest.get(`/applications/${encodeURIComponent(app)}`).pipe(map(assertUnfiltered))),
      channels: list('/channels', readChannel),
      bridges: list('/bridges', readBridge),
      endpoints: list('/endpoints', readEndpoint),
    }),
  ).pipe(
    switchMap(({ application, channels, bridges, endpoints }) =>
      findMedia(rest, held, { channels: idsOf(channels.found), bridges: idsOf(bridges.found) }).pipe(
        map(({ playbacks, recordings }) => {
          const unlisted = problemsOf([channels, bridges, endpoints, playbacks, recordings]);
          return {
            listedAt: scheduler.now(),
            channels: channels.found,
            bridges: bridges.found,
            endpoints: endpoints.found,
            playbacks: playbacks.found,
            recordings: recordings.found,
            unlisted,
            isEverythingSent: application.found === true,
            problems: onePerCode([...problemsOf([application]), ...unlisted]),
          };
        }),
      ),
    ),
  );
}

/** What was asked for, or why it did not come. */
interface Found<T> {
  readonly found: T | undefined;
  readonly problem?: AriConnectionError;
}

function orProblem<T>(answer$: Observable<T>): Observable<Found<T>> {
  return answer$.pipe(
    map((found) => ({ found })),
    catchError((error: unknown) => {
      if (!(error instanceof AriConnectionError)) throw error;
      return of({ found: undefined, problem: error });
    }),
  );
}

function problemsOf(answers: readonly Found<unknown>[]): AriConnectionError[] {
  return answers.flatMap(({ problem }) => problem ?? []);
}

/** Where one thing is refused, so are often the others, for the same reason: it is told once. */
function onePerCode(problems: readonly AriConnectionError[]): AriConnectionError[] {
  return problems.filter(({ code }, index) => problems.findIndex((problem) => problem.code === code) === index);
}

async function readList<T>(
  path: string,
  json: unknown,
  read: (fields: AriFields) => T,
  scheduler: SchedulerLike,
): Promise<readonly T[]> {
  if (json === undefined) throw unreadable(path, 'it has nothing there (HTTP 404).');
  if (!Array.isArray(json)) throw unreadable(path, 'the answer is no list.');
  const things: T[] = [];
  const slice = new TimeSlice(scheduler);
  for (const item of json as unknown[]) {
    things.push(readThing(path, item, read));
    await slice.over();
  }
  return things;
}

/** Ids of what playbacks and recordings may be about; of a kind that could not be listed `undefined`. */
interface Targets {
  readonly channels: ReadonlySet<string> | undefined;
  readonly bridges: ReadonlySet<string> | undefined;
}

/** Asterisk lists neither playbacks nor recordings: those that are held are asked for one by one. */
function findMedia(rest: AriRest, held: Populations, targets: Targets) {
  const playbackPath = ({ id }: Playback) => `/playbacks/${encodeURIComponent(id)}`;
  const recordingPath = ({ name }: LiveRecording) => `/recordings/live/${encodeURIComponent(name)}`;
  const isThere = ({ target_uri }: Playback | LiveRecording) => mayExist(target_uri, targets);
  return forkJoin({
    playbacks: orProblem(findEach(rest, held.playbacks.alive().filter(isThere), playbackPath, readPlayback)),
    recordings: orProblem(findEach(rest, held.recordings.alive().filter(isThere), recordingPath, readLiveRecording)),
  });
}

/** What is played or recorded ends with the channel or bridge that it is about: then it need not even be asked for. */
function mayExist(uri: string, { channels, bridges }: Targets): boolean {
  const target = mediaTarget(uri);
  const ids = target?.kind === 'channel' ? channels : bridges;
  return target === undefined || ids === undefined || ids.has(target.id);
}

function idsOf(things: readonly { readonly id: string }[] | undefined): ReadonlySet<string> | undefined {
  return things && new Set(things.map(({ id }) => id));
}

/** How many requests for single things are under way at a time. */
const AT_ONCE = 4;

function findEach<T extends object>(
  rest: AriRest,
  held: readonly T[],
  pathOf: (thing: T) => string,
  read: (fields: AriFields) => T,
): Observable<readonly T[]> {
  const find = (thing: T) => {
    const path = pathOf(thing);
    return rest.get(path).pipe(map((json) => (json === undefined ? [] : [readThing(path, json, read)])));
  };
  return from(held).pipe(
    mergeMap(find, AT_ONCE),
    mergeMap((found) => found),
    toArray(),
  );
}

function readThing<T>(path: string, json: unknown, read: (fields: AriFields) => T): T {
  if (!isJsonObject(json)) throw unreadable(path, 'what is listed is no object.');
  try {
    return read(new AriFields(copyJson(json) as Readonly<Record<string, unknown>>, path));
  } catch (error) {
    if (!(error instanceof BrokenAriEventError)) throw error;
    throw unreadable(path, error.message);
  }
}

/** Not tried again: what Asterisk lists now, it lists the next time. */
function unreadable(path: string, why: string): AriConnectionError {
  return new AriConnectionError('ARI_LISTING_REFUSED', `cannot read what Asterisk lists as ${path}: ${why}`);
}

/**
 * An application can be set not to be sent all events: then what is held goes wrong, however it is reconciled.
 * @returns whether it is known to be sent all
 */
function assertUnfiltered(application: unknown): boolean {
  if (!isJsonObject(application)) return false;
  const filters = [application.events_allowed, application.events_disallowed];
  if (!filters.some((filter) => Array.isArray(filter) && filter.length > 0)) return true;
  throw new AriConnectionError(
    'ARI_EVENTS_FILTERED',
    'the application has an event filter, so what is held may be wrong. Take the filter away, or connect as another application.',
  );
}
