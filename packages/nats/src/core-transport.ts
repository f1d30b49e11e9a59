import { LossyLane, type BridgeTransport, type TransportReceiver } from '@stasis-rx/bridge';
import type { Msg, NatsConnection, Subscription } from '@nats-io/nats-core';
import { watchConnection } from './connection-watch.js';
import { PayloadLimit } from './payload-limit.js';
import type { Subjects } from './subjects.js';
import { untilItWorks } from './until-it-works.js';

/** Frames over plain NATS: they reach who is connected. */
export class CoreTransport implements BridgeTransport {
  readonly name = 'nats';
  readonly #limit: PayloadLimit;
  readonly #connection: NatsConnection;
  readonly #subjects: Subjects;
  readonly #subscriptions: Subscription[] = [];
  #control = '';
  #eid = '';
  #position = 0;
  #isClosed = false;
  #stopWatching: (() => void) | undefined;

  constructor(connection: NatsConnection, subjects: Subjects) {
    this.#connection = connection;
    this.#subjects = subjects;
    this.#limit = new PayloadLimit(connection);
  }

  get maxFrameBytes(): number {
    return this.#limit.bytes;
  }

  async open(receiver: TransportReceiver): Promise<void> {
    this.#eid = receiver.eid;
    this.#control = this.#subjects.control(receiver.eid);
    this.#stopWatching = watchConnection(this.#connection, receiver);
    this.#subscribe(receiver, this.#subjects.allControl, ({ subject, data }) => {
      receiver.hear(this.#subjects.eidOf(subject), data);
    });
    this.#subscribe(receiver, this.#subjects.whispersTo(receiver.eid), ({ subject, data }) => {
      receiver.hear(this.#subjects.whispererOf(subject), data);
    });
    for (const lane of receiver.lanes) this.#listen(receiver, lane);
    await untilItWorks(
      () => this.#connection.flush(),
      this.#connection,
      receiver,
      () => this.#isClosed,
    );
  }

  /**
   * Confirmed by the server's answer to a ping that follows the frame: then it has read it. Both are written in one go, as
   * a connection that breaks between them would take the frame along, and answer the ping later.
   */
  async send(lane: string, frame: string): Promise<number> {
    this.#connection.publish(this.#subjects.data(lane, this.#eid), frame);
    const position = ++this.#position;
    await this.#connection.flush();
    return position;
  }

  announce(text: string): void {
    this.#connection.publish(this.#control, text);
  }

  whisper(peer: string, text: string): void {
    this.#connection.publish(this.#subjects.whisper(this.#eid, peer), text);
  }

  lag(): Promise<number> {
    return Promise.resolve(0);
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#stopWatching?.();
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    return Promise.resolve();
  }

  #listen(receiver: TransportReceiver, lane: string): void {
    const lossy = new LossyLane(lane, receiver);
    this.#subscribe(receiver, this.#subjects.lane(lane), ({ subject, data }) => {
      lossy.take(this.#subjects.eidOf(subject), data);
    });
  }

  #subscribe(receiver: TransportReceiver, subject: string, take: (message: Msg) => void): void {
    const callback = (error: Error | null, message: Msg): undefined => {
      if (error === null) take(message);
      else receiver.failed(error);
    };
    this.#subscriptions.push(this.#connection.subscribe(subject, { callback }));
  }
}
