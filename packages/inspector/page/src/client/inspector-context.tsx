import { createContext, useContext, useSyncExternalStore } from 'react';
import type { InspectorClient } from './inspector-client.js';

export const InspectorContext: React.Context<InspectorClient | null> = createContext<InspectorClient | null>(null);

/** What the page looks at, without being drawn anew when it changes. */
export function useInspector(): InspectorClient {
  const client = useContext(InspectorContext);
  if (client === null) throw new Error('there is no inspector around this component');
  return client;
}

/** Draws anew whenever there is something new, once a frame at most. @returns another number each time */
export function useEachFrame(): number {
  const { fast } = useInspector().frames;
  return useSyncExternalStore(fast.subscribe, fast.current);
}

/** The same, some times a second. */
export function useNowAndThen(): number {
  const { slow } = useInspector().frames;
  return useSyncExternalStore(slow.subscribe, slow.current);
}
