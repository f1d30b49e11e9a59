import type { TransportReceiver } from '@stasis-rx/bridge';
import type { JsMsg, StreamInfo } from '@nats-io/jetstream';
import { LaneFlow } from './lane-flow.js';
import type { StreamReader } from './stream-reader.js';
import { StreamConsumer, type ConsumerContext } from './stream-consumer.js';
import type { Subjects } from './subjects.js';

/** More lanes than this are read by a pattern that takes in all of the group, for a server would go through the list each time. */
const MAX_LISTED = 64;

/** How long what the server has stored may be on its way. */
const SETTLE_MS = 100;
const RETRY_MS = 250;

/** What a shared reader reads. */
export interface SharedLanes {
  readonly lanes: readonly string[];
  /** Whether the server takes several subjects in one consumer. */
  readonly canList: boolean;
}

/**
 * Reads all lanes by one consumer, so that what a server and a bus have to do does not grow with lanes in which nothing
 * happens. A lane whose mailboxes are full is passed over, and keeps no other waiting; once there is room it reads what
 * it has missed by a consumer of its own, until that has come up with the shared one.
 */
export class SharedReader implements StreamReader {
  readonly #consumer: StreamConsumer;
  readonly #lanes = new Map<string, SharedLane>();
  readonly #context: ConsumerContext;
  readonly #subjects: Subjects;
  #info: Promise<StreamInfo> | undefined;

  /** @param stream as it is: what is stored there from now on will be read */
  constructor(
    { lanes, canList }: SharedLanes,
    { created, state }: StreamInfo,
    subjects: Subjects,
    receiver: TransportReceiver,
    context: ConsumerContext,
  ) {
    this.#context = context;
    this.#subjects = subjects;
    for (const lane of lanes) {
      const flow = new LaneFlow(lane, subjects, receiver, () => this.#lanes.get(lane)?.look());
      this.#lanes.set(lane, new SharedLane(flow, (next) => this.#catchUp(lane, next)));
    }
    const isListed = canList && lanes.length <= MAX_LISTED;
    const reading = {
      subjects: isListed ? lanes.map((lane) => subjects.lane(lane)) : subjects.allData,
      isAcknowledged: false,
      take: (message: JsMsg) => {
        this.#lanes.get(subjects.laneOf(message.subject))?.take(message);
        return undefined;
      },
      renewed: (isAnother: boolean) => {
        if (isAnother) this.#startAnew();
      },
    };
    this.#consumer = new StreamConsumer(created, state.last_seq + 1, reading, context);
  }

  open(): Promise<void> {
    return this.#consumer.open();
  }

  /** How much of what was stored a moment ago has not been read: of all lanes, for that is what can be told. */
  async lag(lane: string): Promise<number> {
    this.#info ??= this.#context.openStream().finally(() => (this.#info = undefined));
    const { created, state } = await this.#info;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    if (created !== this.#consumer.created) throw new Error('there is another stream now');
    const place = this.#lanes.get(lane)?.placeBeside(this.#consumer.next) ?? 0;
    return Math.max(0, state.last_seq + 1 - place);
  }

  restart(isConnected: boolean): void {
    this.#consumer.restart(isConnected);
    for (const lane of this.#lanes.values()) lane.own?.restart(isConnected);
  }

  async close(): Promise<void> {
    const own = [...this.#lanes.values()].flatMap((lane) => lane.own ?? []);
    await Promise.all([this.#consumer, ...own].map((consumer) => consumer.close()));
  }

  /** Opens what reads a lane from a place on, until it has come up with the shared consumer. */
  #catchUp(lane: string, next: number): StreamConsumer {
    const shared = this.#lanes.get(lane);
    const reading = {
      subjects: this.#subjects.lane(lane),
      isAcknowledged: false,
      take: (message: JsMsg) => shared?.takeOwn(message),
      renewed: () => undefined,
    };
    const consumer = new StreamConsumer(this.#consumer.created, next, reading, this.#context);
    consumer.open().catch((error: unknown) => {
      this.#context.failed(error);
      setTimeout(() => shared?.tryAgain(), RETRY_MS);
    });
    return consumer;
  }

  /** What is known of the stream comes again, and is known. */
  #startAnew(): void {
    for (const lane of this.#lanes.values()) lane.startAnew();
  }
}

/** One lane of those that share a consumer. */
class SharedLane {
  /** What reads it while it is behind the shared consumer. */
  own: StreamConsumer | undefined;
  /** The place in the stream after the last frame that was taken. */
  #next = 0;
  /** The place of the last frame that was passed over. */
  #passed = -1;
  readonly #flow: LaneFlow;
  readonly #catchUp: (next: number) => StreamConsumer;

  constructor(flow: LaneFlow, catchUp: (next: number) => StreamConsumer) {
    this.#flow = flow;
    this.#catchUp = catchUp;
  }

  /** Whether something was passed over that has not been taken since. */
  get isBehind(): boolean {
    return this.#next <= this.#passed;
  }

  /** Everything before this place in the stream has been taken, if the shared consumer is at that one. */
  placeBeside(shared: number): number {
    return this.isBehind ? this.#next : shared;
  }

  /** A frame of the shared consumer. */
  take(message: JsMsg): void {
    if (message.seq < this.#next) return;
    if (!this.isBehind && !this.#flow.isFull) {
      this.#take(message);
      return;
    }
    this.#passed = message.seq;
    this.look();
  }

  /** A frame of its own consumer. Returns what is to be waited for before the next one. */
  takeOwn(message: JsMsg): Promise<void> | undefined {
    if (message.seq >= this.#next) this.#take(message);
    if (!this.isBehind) this.giveUpOwn();
    return this.#flow.isFull ? this.#flow.room() : undefined;
  }

  /** It reads what it has missed, if there is room. */
  look(): void {
    if (this.isBehind && !this.#flow.isFull) this.own ??= this.#catchUp(this.#next);
  }

  /** It is not read by its own consumer any more; when it is still behind, it will be by another one. */
  giveUpOwn(): void {
    void this.own?.close();
    this.own = undefined;
  }

  /** Its own consumer could not be made. */
  tryAgain(): void {
    this.giveUpOwn();
    this.look();
  }

  /** Another stream has the name. */
  startAnew(): void {
    this.giveUpOwn();
    this.#next = 0;
    this.#passed = -1;
  }

  #take(message: JsMsg): void {
    this.#next = message.seq + 1;
    this.#flow.take(message);
  }
}
