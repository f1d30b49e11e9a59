import { createCache, createCachingTopic } from '@stasis-rx/core';
import { connectReduxDevTools, type ReduxConnectOptions, type ReduxDevToolsOptions } from '../../src/index.js';
import { ManualClock } from '../support/manual-clock.js';
import { Anything, bareShop, OrderPlaced, type Shop } from '../support/orders.js';

function connected({ bus }: Shop, options: ReduxDevToolsOptions = {}) {
  const clock = new ManualClock();
  const sent: [{ type: string; data?: unknown }, unknown][] = [];
  const [init, unsubscribe] = [jest.fn(), jest.fn()];
  const connect = jest.fn((_: ReduxConnectOptions) => ({
    init,
    unsubscribe,
    send: (...each: never) => void sent.push(each),
  }));
  const connection = connectReduxDevTools(bus, { devTools: { connect }, clock, ...options });
  return { clock, sent, init, unsubscribe, connect, connection };
}

describe('connectReduxDevTools', () => {
  test('tells each publish as an action, with the caches as they then were', () => {
    const shop = bareShop();
    createCachingTopic(shop.orders, createCache({ id: ({ data }) => (data as { id: number }).id }));
    const { clock, sent, init, connect } = connected(shop);
    expect(connect.mock.calls[0]![0]).toMatchObject({ name: 'shop', features: { dispatch: false, jump: false } });
    expect(init).toHaveBeenCalledWith({});
    shop.orders.publish(OrderPlaced({ id: 1 }));
    shop.orders.publish(OrderPlaced({ id: 2 }));
    expect(sent).toEqual([]);
    clock.advance(500);
    const actions = sent.filter(([{ type }]) => type === 'orders/order_placed');
    expect(actions[0]![0]).toMatchObject({ id: 1, data: { id: 1 } });
    expect(actions.map(([, state]) => state)).toEqual([
      { 'orders-cached': { order_placed: { 1: { id: 1 } } } },
      { 'orders-cached': { order_placed: { 1: { id: 1 }, 2: { id: 2 } } } },
    ]);
  });

  test('what was removed is no longer there, and what has not changed is the same object', () => {
    const shop = bareShop();
    const caching = createCachingTopic(shop.orders, createCache({ id: ({ data }) => (data as { id: number }).id }));
    const { clock, sent } = connected(shop);
    const one = OrderPlaced({ id: 1 });
    shop.orders.publish(one);
    clock.advance(500);
    const before = sent.at(-1)![1];
    shop.bus.topic('other').publish(Anything(1));
    clock.advance(500);
    expect(sent.at(-1)![1]).toBe(before);
    caching.clear(one);
    clock.advance(500);
    expect(sent.at(-1)![1]).toEqual({ 'orders-cached': { order_placed: {} } });
    expect(before).toEqual({ 'orders-cached': { order_placed: { 1: { id: 1 } } } });
  });

  test('leaves out what is more than it takes, and says so', () => {
    const shop = bareShop();
    const { clock, sent } = connected(shop, { limits: { records: 200 } });
    for (let id = 0; id < 500; id++) shop.orders.publish(OrderPlaced({ id }));
    clock.advance(500);
    expect(sent).toHaveLength(101);
    expect(sent.at(-1)![0]).toEqual({ type: '(400 left out)' });
    clock.advance(500);
    expect(sent).toHaveLength(101);
  });

  test('names that mean something to objects are names like any other', () => {
    const shop = bareShop();
    createCachingTopic(shop.bus.topic('__proto__'), createCache({ id: () => '__proto__' }));
    const { clock, sent } = connected(shop);
    shop.bus.topic('__proto__').publish(Anything({ isAdmin: true }));
    clock.advance(500);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    expect(JSON.stringify(sent.at(-1)![1])).toBe('{"__proto__-cached":{"anything":{"__proto__":{"isAdmin":true}}}}');
  });

  test('shows what redact leaves, and nothing after it was disconnected', () => {
    const shop = bareShop();
    const { clock, sent, unsubscribe, connection } = connected(shop, { redact: () => 'kept back' });
    shop.orders.publish(OrderPlaced({ id: 1 }));
    clock.advance(500);
    expect(sent[0]![0].data).toBe('kept back');
    connection.disconnect();
    connection[Symbol.dispose]();
    shop.orders.publish(OrderPlaced({ id: 1 }));
    clock.advance(500);
    expect([sent.length, clock.waiting]).toEqual([1, 0]);
    expect(unsubscribe).toHaveBeenCalled();
  });

  test('says when there is no such extension, and finds the one that there is', () => {
    const { bus } = bareShop();
    expect(() => connectReduxDevTools(bus)).toThrow(
      '[inspector] connectReduxDevTools(): the Redux DevTools extension is not there. Install it, or use openInspector().',
    );
    const connect = jest.fn(() => ({ init: () => undefined, send: () => undefined }));
    Object.assign(globalThis, { __REDUX_DEVTOOLS_EXTENSION__: { connect } });
    connectReduxDevTools(bus, { name: 'mine' }).disconnect();
    Reflect.deleteProperty(globalThis, '__REDUX_DEVTOOLS_EXTENSION__');
    expect(connect).toHaveBeenCalledWith(expect.objectContaining({ name: 'mine' }));
  });
});
