import type { AnyMessageType, Handler, Message } from '@stasis-rx/core';
import { Observable, Subject } from 'rxjs';

/** A group of a router: the messages of one type go to the observers that share it, then to the handler that it has. */
export class Route {
  readonly type: AnyMessageType;
  handler: Handler | undefined;
  #observers: Subject<Message> | undefined;

  constructor(type: AnyMessageType) {
    this.type = type;
  }

  /** Whether anybody takes the type. A route stands in the table only while somebody does. */
  get isClaimed(): boolean {
    return this.handler !== undefined || this.#observers?.observed === true;
  }

  /** The group as an Observable. */
  get messages(): Observable<Message> {
    return apart((this.#observers ??= new Subject<Message>()));
  }

  /** Takes one message. What the handler returns goes back to the mailbox, which waits for it (R1). */
  readonly handle: Handler = (message, topic, subscription) => {
    this.#observers?.next(message);
    return this.handler?.(message, topic, subscription);
  };

  end(): void {
    this.#observers?.complete();
  }
}

/**
 * The same, but what fails in an observer goes where RxJS reports an unhandled error, also out of a teardown (T6): RxJS
 * contains what an observer object throws, and lets through what a subscriber throws, so the others would learn of nothing.
 */
function apart(group: Observable<Message>): Observable<Message> {
  return new Observable((subscriber) =>
    group.subscribe({
      next: (message) => {
        subscriber.next(message);
      },
      complete: () => {
        subscriber.complete();
      },
    }),
  );
}
