import { useInspector, useEachFrame } from '../client/inspector-context.js';
import { useNavigation } from '../client/navigation.js';
import { FilterBar } from './filter-bar.js';
import { MessageDetail } from './message-detail.js';
import { MessageRows } from './message-rows.js';

/** All messages, live, and one of them. */
export function MessagesView(): React.ReactNode {
  useEachFrame();
  const { model } = useInspector();
  const { place } = useNavigation();
  const row = place.message === undefined ? undefined : model.messages.get(place.message);
  return (
    <div className={`split ${place.message === undefined ? '' : 'split--open'}`}>
      <section className="split__main" aria-label="Messages">
        <FilterBar />
        <MessageRows />
      </section>
      {place.message !== undefined && <MessageDetail id={place.message} row={row} />}
    </div>
  );
}
