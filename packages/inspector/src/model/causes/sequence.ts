import { stateOf, type Delivery, type DeliveryState, type MessageRow } from '../messages/message-row.js';
import type { CauseTree } from './cause-tree.js';

/** Who takes part: a column of the diagram. */
export interface Participant {
  readonly kind: 'outside' | 'topic' | 'subscription';
  /** Name of the topic, or id of the subscription; empty for what is outside of the bus. */
  readonly name: string;
}

/** An arrow of the diagram. */
export interface SequenceStep {
  readonly kind: 'published' | 'delivered';
  /** When: milliseconds since the Unix epoch. */
  readonly at: number;
  readonly row: MessageRow;
  /** Places among the participants. */
  readonly from: number;
  readonly to: number;
  /** How it went at the subscription; of a delivery. */
  readonly state?: DeliveryState;
  readonly delivery?: Delivery;
}

/** The same as a tree of causes, in the order of time. */
export interface SequenceDiagram {
  readonly participants: readonly Participant[];
  readonly steps: readonly SequenceStep[];
}

/** @param limit how many steps at most; the first ones */
export function sequenceOf({ nodes }: CauseTree, limit = 400): SequenceDiagram {
  const columns = new Columns();
  const rows = new Map(nodes.flatMap(({ row }) => (row === undefined ? [] : [[row.id, row] as const])));
  const happenings = [...rows.values()].flatMap(happeningsOf).sort((one, other) => one.at - other.at);
  const steps = happenings.slice(0, limit).map(({ row, at, delivery }): SequenceStep => {
    const topic = { kind: 'topic', name: row.topic } as const;
    if (delivery === undefined) {
      const from = columns.of(publisherOf(row, rows));
      return { kind: 'published', at, row, from, to: columns.of(topic) };
    }
    const [from, to] = [columns.of(topic), columns.of({ kind: 'subscription', name: delivery.subscription })];
    return { kind: 'delivered', at, row, from, to, state: stateOf(delivery), delivery };
  });
  return { participants: columns.all, steps };
}

/**
 * In whose handler a message was published: of the subscriptions that were busy with its cause then, the one that began
 * last. Records name the message that was handled, and not by whom.
 */
function publishingSubscription(row: MessageRow, cause: MessageRow | undefined): string | undefined {
  let last: Delivery | undefined;
  for (const delivery of cause?.deliveries ?? []) {
    const { beganAt = Infinity, endedAt = Infinity } = delivery;
    const wasBusy = beganAt <= row.at && endedAt >= row.at;
    if (wasBusy && beganAt >= (last?.beganAt ?? -Infinity)) last = delivery;
  }
  return last?.subscription;
}

interface Happening {
  readonly at: number;
  readonly row: MessageRow;
  readonly delivery?: Delivery;
}

function happeningsOf(row: MessageRow): Happening[] {
  const arrivals = row.deliveries.map((delivery): Happening => {
    const { beganAt, droppedAt, queuedAt } = delivery;
    return { at: droppedAt ?? beganAt ?? queuedAt ?? row.at, row, delivery };
  });
  return [{ at: row.at, row }, ...arrivals];
}

function publisherOf(row: MessageRow, rows: ReadonlyMap<number, MessageRow>): Participant {
  const cause = row.cause === undefined ? undefined : rows.get(row.cause);
  const subscription = publishingSubscription(row, cause);
  if (subscription !== undefined) return { kind: 'subscription', name: subscription };
  // A cache publishes its update while the message is published that it was written by.
  return cause === undefined ? { kind: 'outside', name: '' } : { kind: 'topic', name: cause.topic };
}

/** Columns, in the order in which they are first needed. */
class Columns {
  readonly all: Participant[] = [];
  readonly #places = new Map<string, number>();

  of(participant: Participant): number {
    const key = `${participant.kind} ${participant.name}`;
    const place = this.#places.get(key) ?? this.all.push(participant) - 1;
    this.#places.set(key, place);
    return place;
  }
}
