import {
  createBus,
  messageType,
  subscribe,
  type Bus,
  type MessageOf,
  type StasisError,
  type Topic,
} from '@stasis-rx/core';

export const OrderPlaced = messageType<{ id: number }>('order_placed');
export const OrderPaid = messageType<{ id: number }>('order_paid');
export const Anything = messageType<unknown>('anything');
export type OrderMessage = MessageOf<typeof OrderPlaced> | MessageOf<typeof OrderPaid> | MessageOf<typeof Anything>;

/** A bus with a topic, a cashier who publishes what he is paid for, and a printer. */
export interface Shop {
  readonly bus: Bus;
  readonly orders: Topic<OrderMessage>;
  readonly errors: StasisError[];
}

export function bareShop(): Shop {
  const errors: StasisError[] = [];
  const bus = createBus({ name: 'shop', eid: 'shop-1', onError: (error) => errors.push(error) });
  return { bus, orders: bus.topic<OrderMessage>('orders'), errors };
}

export function shop(): Shop {
  const bare = bareShop();
  const pay = ({ data }: MessageOf<typeof OrderPlaced>) => void bare.orders.publish(OrderPaid({ id: data.id }));
  subscribe(bare.orders, pay, { accept: [OrderPlaced], name: 'cashier' });
  subscribe(bare.orders, () => undefined, { accept: [OrderPaid], name: 'printer' });
  return bare;
}
