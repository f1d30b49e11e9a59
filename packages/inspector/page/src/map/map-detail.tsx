import { EVERYTHING } from '../../../src/model/messages/message-filter.js';
import type { LiveNode } from '../../../src/model/map/live-map.js';
import type { MapNode } from '../../../src/model/map/map-graph.js';
import { useInspector } from '../client/inspector-context.js';
import { countText, rateText } from '../client/format.js';
import { useNavigation } from '../client/navigation.js';
import { Button } from '../parts/button.js';
import { StateMark } from '../parts/state-mark.js';
import { kindText } from './map-node-box.js';

interface MapDetailProps {
  readonly node: MapNode;
  readonly live: LiveNode;
  readonly fold: (id: string, isUnfolded: boolean) => void;
  readonly close: () => void;
}

const MOST = 100;

/** What a node of the map stands for, and the ways to it. */
export function MapDetail({ node, live, fold, close }: MapDetailProps): React.ReactNode {
  const { model } = useInspector();
  const { go, setFilter } = useNavigation();
  const { id, kind, title, note, topics, subscriptions, isFolded, fold: foldId } = node;
  const showTopic = (topic: string) => () => {
    setFilter({ ...EVERYTHING, topic });
    go({ view: 'Messages' });
  };
  return (
    <section className="detail" aria-label={`${kindText(kind)} ${title}`}>
      <header className="detail__head">
        <h2>{title}</h2>
        {isFolded && <Button onPress={() => fold(id, true)}>Unfold</Button>}
        {foldId !== undefined && <Button onPress={() => fold(foldId, false)}>Fold</Button>}
        <Button kind="quiet" label="Close" onPress={close}>
          ×
        </Button>
      </header>
      <p>
        {kindText(kind)} {note}
      </p>
      <p>
        <StateMark state={live.state}>{live.state}</StateMark> {rateText(live.rate)}
        {subscriptions.length > 0 && `, ${countText(live.depth)} wait`}
      </p>
      {topics.length > 0 && <h3>Topics</h3>}
      <ul className="plain">
        {topics.slice(0, MOST).map((topic) => (
          <li key={topic}>
            <button type="button" className="link" onClick={showTopic(topic)}>
              {topic}
            </button>{' '}
            <span className="soft">
              {countText(model.topics.get(topic)?.allPublished ?? 0)} published,{' '}
              {rateText(model.topics.get(topic)?.rate(model.now) ?? 0)}
            </span>
          </li>
        ))}
        {topics.length > MOST && <li>and {countText(topics.length - MOST)} more</li>}
      </ul>
      {subscriptions.length > 0 && <h3>Subscriptions</h3>}
      <ul className="plain">
        {subscriptions.slice(0, MOST).map((subscription) => (
          <li key={subscription}>
            <button type="button" className="link" onClick={() => go({ view: 'Subscriptions', subscription })}>
              {subscription}
            </button>
          </li>
        ))}
        {subscriptions.length > MOST && <li>and {countText(subscriptions.length - MOST)} more</li>}
      </ul>
    </section>
  );
}
