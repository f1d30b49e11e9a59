import { useMemo, useState } from 'react';
import { EVERYTHING } from '../../../src/model/messages/message-filter.js';
import { useInspector } from '../client/inspector-context.js';
import { FIRST_PLACE, NavigationContext, type Navigation, type View } from '../client/navigation.js';
import { CachesView } from '../caches/caches-view.js';
import { CausesView } from '../causes/causes-view.js';
import { MapView } from '../map/map-view.js';
import { MessagesView } from '../messages/messages-view.js';
import { RecordingView } from '../recording/recording-view.js';
import { SubscriptionsView } from '../subscriptions/subscriptions-view.js';
import { Announcer } from './announcer.js';
import { Masthead } from './masthead.js';
import { Tabs } from './tabs.js';

const CONTENTS: Readonly<Record<View, React.ComponentType>> = {
  Map: MapView,
  Messages: MessagesView,
  Causes: CausesView,
  Subscriptions: SubscriptionsView,
  Caches: CachesView,
  Recording: RecordingView,
};

/** The whole page. */
export function App(): React.ReactNode {
  const client = useInspector();
  const [place, setPlace] = useState(FIRST_PLACE);
  const [filter, setFilter] = useState(EVERYTHING);
  const navigation = useMemo<Navigation>(
    () => ({
      place,
      go: (next) => setPlace((last) => ({ ...last, ...next })),
      filter,
      setFilter: (next) => {
        client.list.filter = next;
        client.frames.ask();
        setFilter(next);
      },
    }),
    [client, place, filter],
  );
  const Content = CONTENTS[place.view];
  return (
    <NavigationContext value={navigation}>
      <div className="page">
        <Masthead />
        <Tabs />
        <main className="view" data-view={place.view}>
          <div className="view__panel" id="view" role="tabpanel" aria-labelledby={`tab-${place.view}`}>
            <Content />
          </div>
        </main>
        <Announcer />
      </div>
    </NavigationContext>
  );
}
