import type { Bus } from '../bus/bus.js';
import { describeCause, describeValue } from '../errors/errors.js';
import { isMessage } from '../messages/message.js';
import { SubscriptionChange } from '../messages/subscription-change.js';
import type {
  Probe,
  ProbeBegan,
  ProbeChanged,
  ProbeDropped,
  ProbeEnded,
  ProbePublished,
  ProbeQueued,
} from '../watching/probe.js';

/** What happens on a bus, to be read, and to be compared in snapshots. */
export interface Timeline {
  /**
   * What has happened so far, a line each: every message with the topic on which it was published, its type and data; under
   * it, further in, who has handled it and how that ended, and the messages that were made meanwhile. Subscription changes are
   * left out. No times and no random ids: the same program gives the same text.
   */
  toString(): string;
  /** Records nothing more; what there is stays. Doing it twice does nothing. */
  stop(): void;
}

/**
 * Makes a timeline of what happens on a bus from now on. For tests: it keeps every message.
 *
 * @example
 * const timeline = createTimeline(bus);
 * calls.publish(CallAnswered({ id: '1', agent: 'ann' }));
 * await bus.settled();
 * expect(timeline.toString()).toMatchSnapshot();
 */
export function createTimeline(bus: Bus): Timeline {
  const recording = new Recording(bus);
  const attached = bus.attach(recording);
  return {
    toString: () => recording.toString(),
    stop: () => {
      attached.detach();
    },
  };
}

/** One message, or one subscription that has to do with it: a line, and what stands under it. */
interface Entry {
  text: string;
  readonly under: Entry[];
}

/** A message, with the entry of each subscription that has to do with it. */
interface Published extends Entry {
  readonly subscriptions: Map<string, Entry>;
}

class Recording implements Probe {
  readonly #names = new Map<string, string>();
  readonly #published = new Map<number, Published>();
  readonly #top: Entry[] = [];

  constructor(bus: Bus) {
    for (const { id, name } of bus.describe().subscriptions) this.#names.set(id, name);
  }

  changed({ event }: ProbeChanged): void {
    if (event.type === 'subscribed') this.#names.set(event.subscription, event.name);
  }

  published({ id, message, topic, cause }: ProbePublished): void {
    if (SubscriptionChange.is(message)) return;
    const text = `${topic} ← ${message.type.name} ${printed(message.data)}`;
    const published: Published = { text, under: [], subscriptions: new Map() };
    const parent = cause === undefined ? undefined : this.#published.get(cause);
    (parent?.under ?? this.#top).push(published);
    this.#published.set(id, published);
  }

  queued({ id, subscription }: ProbeQueued): void {
    this.#tell(id, subscription, 'waiting');
  }

  began({ id, subscription }: ProbeBegan): void {
    this.#tell(id, subscription, 'handling');
  }

  ended({ id, subscription, error }: ProbeEnded): void {
    this.#tell(id, subscription, error === undefined ? 'handled' : `failed: ${describeCause(error.cause)}`);
  }

  dropped({ id, subscription }: ProbeDropped): void {
    this.#tell(id, subscription, 'dropped');
  }

  toString(): string {
    return linesOf(this.#top, '').join('\n');
  }

  #tell(id: number, subscription: string, state: string): void {
    const published = this.#published.get(id);
    if (published === undefined) return;
    let entry = published.subscriptions.get(subscription);
    if (entry === undefined) {
      entry = { text: '', under: [] };
      published.subscriptions.set(subscription, entry);
      published.under.push(entry);
    }
    const name = this.#names.get(subscription) ?? subscription;
    entry.text = `→ ${name === subscription ? name : `${name} (${subscription})`}: ${state}`;
  }
}

function linesOf(entries: readonly Entry[], indent: string): string[] {
  return entries.flatMap(({ text, under }) => [indent + text, ...linesOf(under, `${indent}  `)]);
}

/** Messages in data, as cache updates have them, are shown by what is the same in every run. */
function withoutTimes(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Readonly<Record<string, unknown>>)[key];
  return isMessage(original) ? { type: original.type.name, data: original.data } : value;
}

/** Data may be anything: a circle too. */
function printed(data: unknown): string {
  try {
    const json: unknown = JSON.stringify(data, withoutTimes);
    if (typeof json === 'string') return json;
  } catch {
    // Described like any other value.
  }
  return describeValue(data);
}
