import {
  conflate,
  createAnimationFrameDispatcher,
  createBus,
  createCache,
  messages,
  messageType,
  ofType,
  subscribe,
} from '@stasis-rx/core';
import type { CacheChange, CacheId, Dispatcher, Message, MessageOf } from '@stasis-rx/core';
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';

const Position = messageType<{ vehicle: string; at: number }>('position');
const positions = createBus().topic<MessageOf<typeof Position>>('positions');

// The key is typed by what comes, and the type of what comes stays.
const conflated = positions.pipe(
  ofType(Position),
  conflate((message) => message.data.vehicle),
);
expectTypeOf(conflated).toEqualTypeOf<Observable<Message<{ vehicle: string; at: number }>>>();
messages(positions, { accept: [Position] }).pipe(conflate(({ data }) => data.at));
// @ts-expect-error there is no such field
positions.pipe(conflate(({ data }) => data.driver));
// @ts-expect-error a key is needed
positions.pipe(conflate());

// The changes of a cache are conflated by id.
const cache = createCache({ id: (message) => (Position.is(message) ? message.data.vehicle : undefined) });
const changes = cache.changes(Position).pipe(conflate(({ id }) => id));
expectTypeOf(changes).toEqualTypeOf<Observable<CacheChange<typeof Position>>>();
expectTypeOf<CacheChange<typeof Position>['snapshot']>().toEqualTypeOf<MessageOf<typeof Position> | undefined>();
expectTypeOf<CacheChange['id']>().toEqualTypeOf<CacheId>();

// A frame dispatcher goes where a dispatcher does.
const frames = createAnimationFrameDispatcher({ fallbackMs: 500 });
expectTypeOf(frames).toEqualTypeOf<Dispatcher>();
createBus({ dispatcher: frames });
subscribe(positions, () => undefined, { dispatcher: frames });
positions.pipe(conflate(({ data }) => data.vehicle, { dispatcher: frames }));
