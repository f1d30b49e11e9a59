import { Observable } from 'rxjs';
import { assert } from '../errors/assert.js';
import { tell } from '../errors/observers.js';
import { isMessageType, type MessageOf } from '../messages/message-type.js';
import { LOCAL_EID, type AnyMessageType, type Message } from '../messages/message.js';
import type { TopicsContext } from '../topics/topics-context.js';
import type { CacheChange, CacheId } from './cache-change.js';
import { CacheEntries, type Watcher } from './cache-entries.js';
import type { CacheOptions } from './cache-options.js';
import type { Cache } from './cache.js';

/** The class behind {@link Cache}. */
export class LiveCache implements Cache {
  readonly options: CacheOptions;
  size = 0;
  readonly #types = new Map<unknown, CacheEntries>();
  #lastType: AnyMessageType | undefined;
  #lastEntries = new CacheEntries();
  /** What the watchers have not been shown yet. */
  readonly #shows: (() => void)[] = [];

  constructor(options: CacheOptions) {
    this.options = options;
  }

  get<Type extends AnyMessageType>(
    type: Type,
    id: CacheId,
    eid: string | null = LOCAL_EID,
  ): MessageOf<Type> | undefined {
    return this.#reading('get', type).get(id, eid) as MessageOf<Type> | undefined;
  }

  all<Type extends AnyMessageType>(type: Type, id: CacheId): MessageOf<Type>[] {
    return this.#reading('all', type).snapshots(id) as MessageOf<Type>[];
  }

  dump<Type extends AnyMessageType>(type?: Type, eid: string | null = LOCAL_EID): MessageOf<Type>[] {
    return this.#collect('dump', type, (entries, id) => entries.get(id, eid) ?? []) as MessageOf<Type>[];
  }

  dumpAll<Type extends AnyMessageType>(type?: Type): MessageOf<Type>[] {
    return this.#collect('dumpAll', type, (entries, id) => entries.snapshots(id)) as MessageOf<Type>[];
  }

  watch<Type extends AnyMessageType>(type: Type, id: CacheId): Observable<MessageOf<Type> | undefined> {
    this.#reading('watch', type);
    return new Observable<Message | undefined>((subscriber) => {
      const entries = this.entriesOf(type);
      // What is written from inside the showing of the first: operators must not see it before that.
      let early: (Message | undefined)[] | undefined = [];
      const watcher: Watcher = {
        next: (snapshot) => {
          if (early === undefined) subscriber.next(snapshot);
          else early.push(snapshot);
        },
      };
      entries.watch(id, watcher);
      subscriber.add(() => {
        entries.unwatch(id, watcher);
      });
      subscriber.next(entries.get(id, LOCAL_EID));
      for (const snapshot of early) subscriber.next(snapshot); // it may grow meanwhile
      early = undefined;
    }) as Observable<MessageOf<Type> | undefined>;
  }

  changes<Type extends AnyMessageType>(type: Type): Observable<CacheChange<Type>> {
    this.#reading('changes', type);
    return new Observable<CacheChange>((subscriber) => {
      const entries = this.entriesOf(type);
      entries.followers.add(subscriber);
      subscriber.add(() => {
        entries.followers.remove(subscriber);
      });
    });
  }

  /** What it holds of a type, to be changed. Most caches hold one type: while none other is written, it is not looked up. */
  entriesOf(type: AnyMessageType): CacheEntries {
    if (type !== this.#lastType) this.#turnTo(type);
    return this.#lastEntries;
  }

  /**
   * Shows a new local snapshot to those who watch the id now; those who come later are shown it when they come. A bus does
   * this when it has delivered what it is delivering; the order is that of the changes, across buses too.
   */
  show(entries: CacheEntries, id: CacheId, snapshot: Message | undefined, context: TopicsContext): void {
    const followers = entries.followers.now;
    const watchers = entries.watchers(id);
    this.#shows.push(() => {
      for (const watcher of watchers) tell(watcher, snapshot, 'cache.watch', context);
      for (const follower of followers) tell(follower, { id, snapshot }, 'cache.changes', context);
    });
    context.delivery.defer(() => this.#shows.shift()?.());
  }

  /** What it holds of a type, for a call that changes nothing: of a type that was never written nothing is kept. */
  #reading(call: string, type: AnyMessageType): CacheEntries {
    assert(isMessageType(type), `cache.${call}`, 'a message type', type);
    return this.#types.get(type.identity) ?? new CacheEntries();
  }

  #collect(
    call: string,
    type: AnyMessageType | undefined,
    read: (entries: CacheEntries, id: CacheId) => Message | Message[],
  ): Message[] {
    const types = type === undefined ? [...this.#types.values()] : [this.#reading(call, type)];
    return types.flatMap((entries) => [...entries.ids].flatMap((id) => read(entries, id)));
  }

  #turnTo(type: AnyMessageType): void {
    const entries = this.#types.get(type.identity) ?? new CacheEntries();
    this.#types.set(type.identity, entries);
    this.#lastType = type;
    this.#lastEntries = entries;
  }
}
