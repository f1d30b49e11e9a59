import {
  createBus,
  createCache,
  createCachingTopic,
  createStateManager,
  createTopicPool,
  messageType,
  subscribe,
  type Bus,
  type MessageOf,
} from '@stasis-rx/core';

const Placed = messageType<{ id: number; who: string; items: string[] }>('order_placed');
const Paid = messageType<{ id: number; amount: number }>('order_paid');
const Shipped = messageType<{ id: number; carrier: string }>('order_shipped');
const Till = messageType<{ open: boolean; served: number }>('till');
const Stock = messageType<{ id: string; left: number }>('stock');

/** A shop with something to find: a slow handler, a failing one, a congested one, one that drops; a cache, and states. */
export interface DemoBus {
  readonly bus: Bus;
  /** Places so many orders. */
  order(count: number): void;
}

/** @param slowMs how long the slow handlers take */
export function createDemoBus(slowMs = 20): DemoBus {
  const bus = createBus({ name: 'shop', onError: () => undefined });
  const orders = bus.topic('orders', { detail: 'what customers want' });
  const stock = bus.topic('stock');
  const customers = createTopicPool(bus.topic('customer:all'));
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, slowMs));
  createCachingTopic(stock, createCache({ id: (message) => (Stock.is(message) ? message.data.id : undefined) }));

  const tills = createStateManager<MessageOf<typeof Till>>(bus, 'till:all');

  let left = 1000;
  const pay = ({ data }: { data: { id: number } }) => void orders.publish(Paid({ id: data.id, amount: data.id * 3 }));
  subscribe(orders, pay, { accept: [Placed], name: 'cashier' });
  subscribe(
    orders,
    ({ data }) => {
      stock.publish(Stock({ id: `item ${data.id % 5}`, left: left-- }));
      orders.publish(Shipped({ id: data.id, carrier: 'by foot' }));
    },
    { accept: [Paid], name: 'warehouse' },
  );
  subscribe(orders, ({ data }) => failing(data.id), { accept: [Paid], name: 'printer' });
  subscribe(orders, wait, { accept: [Placed], name: 'mailer', highWater: 20, lowWater: 5 });
  subscribe(orders, wait, { accept: [Shipped], name: 'courier', capacity: 10, overflow: 'drop-oldest' });
  for (let n = 0; n < 12; n++) {
    subscribe(customers.topic(`c${n}`), () => undefined, { accept: [Placed], name: 'customer' });
  }

  let id = 0;
  return {
    bus,
    order: (count) => {
      for (let n = 0; n < count; n++) {
        id++;
        const data = { id, who: id % 2 === 0 ? 'Ann' : '<b>Bob</b>', items: ['pen', `paper ${id}`] };
        orders.publish(Placed(data));
        tills.publish(`till ${id % 2}`, Till({ open: id % 10 !== 9, served: id }));
        customers.topic(`c${id % 12}`).publish(Placed(data));
      }
    },
  };
}

function failing(id: number): void {
  if (id % 10 === 3) throw new Error(`no paper for ${id}`);
}
