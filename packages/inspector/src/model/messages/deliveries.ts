import type { Delivery } from './message-row.js';
import type { DeliveryRecord } from './delivery-record.js';

/** A delivery that is still told of. */
export type LiveDelivery = { -readonly [Part in keyof Delivery]: Delivery[Part] };

/** The deliveries of one message; the same subscription may be among them twice, where two forwards lead to it. */
export class Deliveries {
  readonly list: LiveDelivery[] = [];
  /** Made where there are many: to look through them for each record would cost the square of them. */
  #bySubscription: Map<string, LiveDelivery[]> | undefined;

  /** Notes what has happened. @returns the delivery to which it did */
  note(record: DeliveryRecord): LiveDelivery {
    const delivery = this.#of(record) ?? this.#add(record.subscription);
    write(delivery, record);
    return delivery;
  }

  #of(record: DeliveryRecord): LiveDelivery | undefined {
    if (record.is === 'queued') return undefined;
    const { subscription } = record;
    const candidates = this.#bySubscription === undefined ? this.list : this.#bySubscription.get(subscription);
    return candidates?.find((delivery) => delivery.subscription === subscription && fits(delivery, record));
  }

  #add(subscription: string): LiveDelivery {
    const delivery: LiveDelivery = { ...NOTHING_KNOWN, subscription };
    this.list.push(delivery);
    if (this.#bySubscription !== undefined) gather(this.#bySubscription, delivery);
    else if (this.list.length > FEW) this.#index();
    return delivery;
  }

  #index(): void {
    const map = new Map<string, LiveDelivery[]>();
    for (const delivery of this.list) gather(map, delivery);
    this.#bySubscription = map;
  }
}

const FEW = 16;

const NOTHING_KNOWN: Delivery = {
  subscription: '',
  queuedAt: undefined,
  depth: undefined,
  beganAt: undefined,
  endedAt: undefined,
  droppedAt: undefined,
  error: undefined,
};

function gather(map: Map<string, LiveDelivery[]>, delivery: LiveDelivery): void {
  const list = map.get(delivery.subscription);
  if (list === undefined) map.set(delivery.subscription, [delivery]);
  else list.push(delivery);
}

/** Whether the record goes on with that delivery. */
function fits({ beganAt, endedAt, droppedAt }: LiveDelivery, { is }: DeliveryRecord): boolean {
  if (droppedAt !== undefined || endedAt !== undefined) return false;
  return is === 'ended' || beganAt === undefined;
}

function write(delivery: LiveDelivery, record: DeliveryRecord): void {
  if (record.is === 'queued') {
    delivery.queuedAt = record.at;
    delivery.depth = record.depth;
  } else if (record.is === 'began') {
    delivery.beganAt = record.at;
  } else if (record.is === 'dropped') {
    delivery.droppedAt = record.at;
  } else {
    delivery.endedAt = record.at;
    delivery.error = record.error;
  }
}
