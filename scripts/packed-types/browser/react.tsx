// The hooks as a user writes them.
import { createAnimationFrameDispatcher, createBus, createCache, messageType, type Message } from '@stasis-rx/core';
import {
  BusProvider,
  useBus,
  useBusStatistics,
  useCached,
  useCacheEntries,
  useLatest,
  useMessages,
  useTopic,
  type BusProviderProps,
  type UseMessagesOptions,
} from '@stasis-rx/react';
import { useState, type ReactElement } from 'react';

interface Call {
  readonly id: string;
  readonly agent: string;
}

const CallAnswered = messageType<Call>('call_answered');
const CallEnded = messageType<{ readonly id: string; readonly durationMs: number }>('call_ended');
const bus = createBus({ dispatcher: createAnimationFrameDispatcher({ fallbackMs: undefined }) });
const calls = bus.topic<Message<Call>>('calls');
const cache = createCache({ id: (message) => (CallAnswered.is(message) ? message.data.id : undefined) });

export function Calls({ limit }: { readonly limit?: number }): ReactElement {
  const [agent, setAgent] = useState('nobody');
  useTopic(calls, ({ data }) => setAgent(data.agent), { accept: [CallAnswered], signal: undefined });
  // @ts-expect-error an agent is a text
  useTopic(calls, ({ data }) => setAgent(data.agent.length), { accept: [CallAnswered] });
  // @ts-expect-error a topic of answered calls carries no others
  useTopic(calls, () => undefined, { accept: [CallEnded] });

  const options: UseMessagesOptions = { limit, name: undefined };
  const messages: readonly Message<Call>[] = useMessages(calls, { ...options, accept: [CallAnswered] });
  // @ts-expect-error the array is React's state
  messages.push(CallAnswered({ id: '1', agent: 'ann' }));
  const latest = useLatest(calls, CallAnswered);
  // @ts-expect-error there may be none yet
  void latest.data;
  const cached = useCached(cache, CallAnswered, '1', { serverSnapshot: undefined });
  const entries = useCacheEntries(cache, CallAnswered, { serverSnapshot: [] });
  // @ts-expect-error the snapshot of another type
  useCached(cache, CallAnswered, '1', { serverSnapshot: CallEnded({ id: '1', durationMs: 1 }) });
  return (
    <ul title={`${useBus().name} ${useBusStatistics(500).topics.length}`}>
      <li>{agent}</li>
      <li>{latest?.data.agent ?? cached?.data.agent}</li>
      {entries.map(({ data }) => (
        <li key={data.id}>{data.agent}</li>
      ))}
    </ul>
  );
}

const props: BusProviderProps = { bus };
export const page = (
  <BusProvider {...props}>
    <Calls limit={3} />
  </BusProvider>
);
// @ts-expect-error a provider needs its bus
export const busless = <BusProvider>text</BusProvider>;
// @ts-expect-error that is no bus
export const misled = <BusProvider bus={calls} />;
