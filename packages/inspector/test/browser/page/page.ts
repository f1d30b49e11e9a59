import { createBus, messageType } from '@stasis-rx/core';
import { openInspector, type InspectorPanel } from '@stasis-rx/inspector';

const Clicked = messageType<{ readonly n: number }>('clicked');
const bus = createBus({ name: 'application' });
let n = 0;
let inspector: InspectorPanel | undefined;

const inspected = {
  publish: () => void bus.topic('clicks').publish(Clicked({ n: ++n })),
  isOpen: () => inspector?.isOpen,
};

/** What the tests find on this page. */
export type InspectedPage = typeof inspected;

for (const where of ['panel', 'window'] as const) {
  document.getElementById(where)?.addEventListener('click', () => {
    inspector = openInspector(bus, { in: where });
  });
}
Object.assign(globalThis, { inspected });
