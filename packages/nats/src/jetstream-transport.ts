import type { BridgeTransport, TransportReceiver } from '@stasis-rx/bridge';
import {
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
  type JetStreamOptions,
  type StreamInfo,
} from '@nats-io/jetstream';
import type { NatsConnection, Subscription } from '@nats-io/nats-core';
import { watchConnection } from './connection-watch.js';
import { LaneReader } from './lane-reader.js';
import type { NatsBridgeOptions } from './options.js';
import { SharedReader } from './shared-reader.js';
import type { StreamReader } from './stream-reader.js';
import { openStream, type StreamSettings } from './stream.js';
import { PayloadLimit } from './payload-limit.js';
import type { Subjects } from './subjects.js';
import { untilItWorks } from './until-it-works.js';

/** More lanes than this share a reader, unless it is said otherwise. */
const MAX_READERS = 16;
/** The server counts headers too: the name of the stream is in one. */
const HEADER_BYTES = 512;

/** Frames through a stream: they reach everybody, as long as the stream keeps them. What is announced goes over plain NATS. */
export class JetStreamTransport implements BridgeTransport {
  readonly name = 'nats';
  readonly #limit: PayloadLimit;
  /** Of the first server: its stream goes on taking that. */
  readonly #maxPayload: number;
  readonly #connection: NatsConnection;
  readonly #client: JetStreamClient;
  readonly #options: JetStreamOptions;
  readonly #stream: string | StreamSettings;
  readonly #subjects: Subjects;
  readonly #readers = new Map<string, StreamReader>();
  readonly #how: 'each' | 'shared' | undefined;
  readonly #announcements: Subscription[] = [];
  #eid = '';
  #isClosed = false;
  #stopWatching: (() => void) | undefined;

  constructor(
    connection: NatsConnection,
    stream: string | StreamSettings,
    subjects: Subjects,
    { jetstream: options = {}, readers }: Pick<NatsBridgeOptions, 'jetstream' | 'readers'>,
  ) {
    this.#connection = connection;
    this.#options = options;
    this.#how = readers;
    this.#client = jetstream(connection, { ...options });
    this.#stream = stream;
    this.#subjects = subjects;
    this.#limit = new PayloadLimit(connection);
    this.#maxPayload = this.#limit.bytes;
  }

  /** No more than the stream was opened for. */
  get maxFrameBytes(): number {
    return Math.min(this.#limit.bytes, this.#maxPayload) - HEADER_BYTES;
  }

  async open(receiver: TransportReceiver): Promise<void> {
    this.#eid = receiver.eid;
    this.#stopWatching = watchConnection(this.#connection, {
      connected: () => this.#restart(true, () => receiver.connected()),
      disconnected: () => this.#restart(false, () => receiver.disconnected()),
      ended: (error) => receiver.ended(error),
    });
    this.#hear(receiver, this.#subjects.allControl, (subject) => this.#subjects.eidOf(subject));
    this.#hear(receiver, this.#subjects.whispersTo(receiver.eid), (subject) => this.#subjects.whispererOf(subject));
    const open = async (): Promise<void> => {
      await this.#openReaders(receiver);
      await this.#connection.flush();
    };
    await untilItWorks(open, this.#connection, receiver, () => this.#isClosed);
  }

  async send(lane: string, frame: string): Promise<number> {
    const { seq } = await this.#client.publish(this.#subjects.data(lane, this.#eid), frame, {
      expect: { streamName: this.#streamName },
    });
    return seq;
  }

  announce(text: string): void {
    this.#connection.publish(this.#subjects.control(this.#eid), text);
  }

  whisper(peer: string, text: string): void {
    this.#connection.publish(this.#subjects.whisper(this.#eid, peer), text);
  }

  lag(lane: string): Promise<number> {
    return this.#readers.get(lane)?.lag(lane) ?? Promise.resolve(0);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopWatching?.();
    for (const subscription of this.#announcements) subscription.unsubscribe();
    await Promise.all(this.#allReaders().map((reader) => reader.close()));
  }

  #hear(receiver: TransportReceiver, subject: string, eidOf: (subject: string) => string): void {
    const subscription = this.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) receiver.hear(eidOf(message.subject), message.data);
        else receiver.failed(error);
      },
    });
    this.#announcements.push(subscription);
  }

  get #streamName(): string {
    return typeof this.#stream === 'string' ? this.#stream : this.#stream.name;
  }

  /** Those that are open already stay. */
  async #openReaders(receiver: TransportReceiver): Promise<void> {
    const manager: JetStreamManager = await jetstreamManager(this.#connection, { ...this.#options, checkAPI: false });
    const [client, stream, subjects] = [this.#client, this.#streamName, this.#subjects];
    const open = (): Promise<StreamInfo> => openStream(manager, this.#stream, subjects, this.#maxPayload);
    const info = await open();
    const failed = (error: unknown): void => receiver.failed(error);
    const context = { manager, client, stream, openStream: open, failed };
    const { lanes } = receiver;
    if (this.#readers.size === lanes.length) return;
    if (this.#how === 'shared' || (this.#how === undefined && lanes.length > MAX_READERS)) {
      const reader = new SharedReader({ lanes, canList: this.#canList }, info, subjects, receiver, context);
      await this.#openReader(lanes, reader);
      return;
    }
    for (const lane of lanes) {
      if (this.#readers.has(lane)) continue;
      await this.#openReader([lane], new LaneReader(lane, info, subjects, receiver, context));
      if (this.#isClosed) return;
    }
  }

  async #openReader(lanes: readonly string[], reader: StreamReader): Promise<void> {
    await reader.open();
    for (const lane of lanes) this.#readers.set(lane, reader);
    if (this.#isClosed) await reader.close();
  }

  #allReaders(): StreamReader[] {
    return [...new Set(this.#readers.values())];
  }

  /** Whether the server is of version 2.10 or later. */
  get #canList(): boolean {
    const [major = 0, minor = 0] = (this.#connection.info?.version ?? '').split('.').map(Number);
    return major > 2 || (major === 2 && minor >= 10);
  }

  #restart(isConnected: boolean, tell: () => void): void {
    tell();
    for (const reader of this.#allReaders()) reader.restart(isConnected);
  }
}
