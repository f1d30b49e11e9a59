/** Something that happened on a bus. Topics and subscriptions are given by name and id. */
export type BusEvent =
  /** A topic was made. */
  | { readonly type: 'topic-created'; readonly topic: string }
  /** A topic completed, failed or was closed, and left the bus. */
  | { readonly type: 'topic-ended'; readonly topic: string }
  /** A subscription was made; `name` is its name for people. */
  | { readonly type: 'subscribed'; readonly topic: string; readonly subscription: string; readonly name: string }
  /** A subscription stopped taking new messages. */
  | { readonly type: 'unsubscribed'; readonly topic: string; readonly subscription: string }
  /** The subscription's final message has been handled. */
  | { readonly type: 'done'; readonly topic: string; readonly subscription: string }
  /** A subscription was paused, or goes on (H2). */
  | { readonly type: 'paused' | 'resumed'; readonly topic: string; readonly subscription: string }
  /** A router, or another handler that dispatches by type, got or lost a route. */
  | {
      readonly type: 'route-added' | 'route-removed';
      readonly subscription: string;
      /** What it takes, in a word: the name of a message type. */
      readonly route: string;
    }
  /** A forward was made. */
  | { readonly type: 'forwarded'; readonly from: string; readonly to: string }
  /** A forward was cancelled by its handle; one that ends with a topic is not told of. */
  | { readonly type: 'forward-cancelled'; readonly from: string; readonly to: string }
  /** A mailbox rose above high water, or has fallen to low water again (S10). */
  | {
      readonly type: 'congestion';
      readonly subscription: string;
      readonly state: 'high' | 'clear';
      readonly depth: number;
    }
  /** A bounded mailbox had no room for a message. */
  | { readonly type: 'dropped'; readonly subscription: string; readonly messageType: string }
  /** The bus keeps what is published from now on, or has delivered it (H1). */
  | { readonly type: 'held' | 'released' }
  /** Reported to an `onError`, or where RxJS reports an unhandled error. */
  | { readonly type: 'error'; readonly error: unknown };

/** Takes events, for whoever looks. */
export interface BusEventSink {
  emit(event: BusEvent): void;
}
