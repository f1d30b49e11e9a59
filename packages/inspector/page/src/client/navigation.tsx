import { createContext, useContext } from 'react';
import { EVERYTHING, type MessageFilter } from '../../../src/model/messages/message-filter.js';

/** The views, in the order in which they stand. */
export const VIEWS = ['Map', 'Messages', 'Causes', 'Subscriptions', 'Caches', 'Recording'] as const;

export type View = (typeof VIEWS)[number];

/** What is looked at. */
export interface Place {
  readonly view: View;
  /** Id of the message that is looked at. */
  readonly message: number | undefined;
  /** Id of the subscription that is looked at. */
  readonly subscription: string | undefined;
  /** Name of the cache that is looked at: that of the topic of its updates. */
  readonly cache: string | undefined;
}

/** Where one is, and how one gets elsewhere. */
export interface Navigation {
  readonly place: Place;
  /** What is not given stays. */
  readonly go: (place: Partial<Place>) => void;
  readonly filter: MessageFilter;
  readonly setFilter: (filter: MessageFilter) => void;
}

export const FIRST_PLACE: Place = { view: 'Messages', message: undefined, subscription: undefined, cache: undefined };

export const NavigationContext: React.Context<Navigation> = createContext<Navigation>({
  place: FIRST_PLACE,
  go: () => undefined,
  filter: EVERYTHING,
  setFilter: () => undefined,
});

export function useNavigation(): Navigation {
  return useContext(NavigationContext);
}
