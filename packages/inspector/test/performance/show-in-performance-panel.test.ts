import { subscribe } from '@stasis-rx/core';
import { showInPerformancePanel, type PerformancePanelTarget } from '../../src/index.js';
import { bareShop, OrderPlaced, shop } from '../support/orders.js';

function target() {
  const spans: unknown[] = [];
  let time = 0;
  const fake: PerformancePanelTarget = {
    now: () => ++time,
    span: (...span) => void spans.push(span),
  };
  return { spans, target: fake };
}

describe('showInPerformancePanel', () => {
  test('shows how long each message waited and was handled, on a track for each subscription', async () => {
    const { bus, orders } = shop();
    const { spans, target: fake } = target();
    const shown = showInPerformancePanel(bus, { target: fake });
    orders.publish(OrderPlaced({ id: 1 }));
    await bus.settled();
    expect(spans).toEqual([
      ['order_placed waits', 1, 2, 'orders#1', 'shop', 'secondary-light'],
      ['order_placed', 3, expect.any(Number), 'orders#1', 'shop', 'primary'],
      ['order_paid waits', expect.any(Number), expect.any(Number), 'orders#2', 'shop', 'secondary-light'],
      ['order_paid', expect.any(Number), expect.any(Number), 'orders#2', 'shop', 'primary'],
    ]);
    shown.detach();
    orders.publish(OrderPlaced({ id: 2 }));
    await bus.settled();
    expect(spans).toHaveLength(4);
  });

  test('shows what failed, what was dropped, and what is handled at once, in a group of its own', async () => {
    const { bus, orders } = bareShop();
    const fail = (): never => {
      throw new Error('no paper');
    };
    subscribe(orders, fail, { accept: [OrderPlaced], capacity: 1, overflow: 'drop-oldest' });
    subscribe(orders, () => undefined, { accept: [OrderPlaced], delivery: 'synchronous' });
    const { spans, target: fake } = target();
    using _shown = showInPerformancePanel(bus, { target: fake, group: 'bus' });
    orders.publish(OrderPlaced({ id: 1 }));
    orders.publish(OrderPlaced({ id: 2 }));
    await bus.settled();
    const labels = spans.map((span) => [(span as unknown[])[0], (span as unknown[])[5]]);
    expect(labels.filter(([, color]) => color === 'error')).toEqual([
      ['order_placed dropped', 'error'],
      ['order_placed', 'error'],
    ]);
    expect(labels.filter(([, color]) => color === 'primary')).toHaveLength(2);
    expect(new Set(spans.map((span) => (span as unknown[])[4]))).toEqual(new Set(['bus']));
  });

  test('draws with console.timeStamp, else with performance.measure', async () => {
    const { bus, orders } = shop();
    const timeStamp = jest.fn();
    const { timeStamp: original } = console;
    Object.assign(console, { timeStamp });
    const first = showInPerformancePanel(bus);
    orders.publish(OrderPlaced({ id: 1 }));
    await bus.settled();
    expect(timeStamp).toHaveBeenCalledWith(
      'order_placed',
      expect.any(Number),
      expect.any(Number),
      'orders#1',
      'shop',
      'primary',
    );
    first.detach();

    Object.assign(console, { timeStamp: undefined });
    const measure = jest.spyOn(performance, 'measure');
    using _second = showInPerformancePanel(bus);
    orders.publish(OrderPlaced({ id: 1 }));
    await bus.settled();
    Object.assign(console, { timeStamp: original });
    expect(measure).toHaveBeenCalledWith('order_placed', {
      start: expect.any(Number),
      end: expect.any(Number),
      detail: { devtools: { dataType: 'track-entry', track: 'orders#1', trackGroup: 'shop', color: 'primary' } },
    });
    expect(performance.getEntriesByType('measure')).toEqual([]);
    measure.mockRestore();
  });
});
