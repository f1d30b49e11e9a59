import { createAnimationFrameDispatcher } from '@stasis-rx/core';
import { openInspector } from '@stasis-rx/inspector';
import {
  useBus,
  useBusStatistics,
  useCached,
  useCacheEntries,
  useLatest,
  useMessages,
  useTopic,
} from '@stasis-rx/react';
import { useState, version, type ReactElement } from 'react';
import { cache, Channel, channels } from './messages';

const frames = createAnimationFrameDispatcher();

/** Every hook, each with a line to show what it gives. */
function Channels() {
  const [count, setCount] = useState(0);
  useTopic(channels, () => setCount((before) => before + 1), { accept: [Channel] });
  const latest = useLatest(channels, Channel);
  const messages = useMessages(channels, { accept: [Channel], limit: 2, dispatcher: frames });
  const seven = useCached(cache, Channel, '7');
  const entries = useCacheEntries(cache, Channel, { dispatcher: frames });
  return (
    <section>
      <p id="count">{count}</p>
      <p id="latest">{latest?.data.id ?? 'none'}</p>
      <p id="messages">{messages.map(({ data }) => data.id).join(' ')}</p>
      <p id="seven">{seven?.data.state ?? 'none'}</p>
      <ul>
        {entries.map(({ data }) => (
          <li key={data.id}>
            {data.id}: {data.state}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function App(): ReactElement {
  const bus = useBus();
  const [isShown, setShown] = useState(true);
  const { subscriptions } = useBusStatistics(20);
  const publish = (): void => {
    for (const id of ['7', '8', '7']) channels.publish(Channel({ id, state: id === '7' ? 'Up' : 'Ring' }));
  };
  return (
    <>
      <h1>{bus.name}</h1>
      <p id="react">{version}</p>
      <button id="publish" onClick={publish}>
        Publish
      </button>
      <button id="inspect" onClick={() => openInspector(bus)}>
        Inspect
      </button>
      <button id="toggle" onClick={() => setShown(!isShown)}>
        Show or hide
      </button>
      <p id="subscriptions">{subscriptions.length}</p>
      {isShown && <Channels />}
    </>
  );
}
