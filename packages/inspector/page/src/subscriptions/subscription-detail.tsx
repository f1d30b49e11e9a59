import { EVERYTHING } from '../../../src/model/messages/message-filter.js';
import type { SubscriptionRow } from '../../../src/model/subscriptions/subscription-row.js';
import { useInspector } from '../client/inspector-context.js';
import { countText, durationText } from '../client/format.js';
import { useNavigation } from '../client/navigation.js';
import { Button } from '../parts/button.js';
import { SlowestTable } from './slowest-table.js';
import { SubscriptionChart } from './subscription-chart.js';
import { SubscriptionControls } from './subscription-controls.js';
import { SubscriptionFacts } from './subscription-facts.js';

/** One subscription: how it stands, how it went, what it takes, and what can be done. */
export function SubscriptionDetail({ row }: { readonly row: SubscriptionRow }): React.ReactNode {
  const { model } = useInspector();
  const { go, setFilter } = useNavigation();
  const showMessages = (): void => {
    setFilter({ ...EVERYTHING, subscription: row.id });
    go({ view: 'Messages' });
  };
  const points = row.series.until(model.now);
  return (
    <section className="detail" aria-label={`Subscription ${row.name}`}>
      <header className="detail__head">
        <h2>{row.name}</h2>
        <Button onPress={showMessages}>Messages</Button>
        <Button kind="quiet" label="Close" onPress={() => go({ subscription: undefined })}>
          ×
        </Button>
      </header>
      <SubscriptionControls row={row} />
      {row.lastError !== undefined && (
        <p className="notice">
          Failed {countText(row.failed)} times; the last time: {row.lastError}
        </p>
      )}
      <h3>Waiting messages</h3>
      <SubscriptionChart
        label={`Waiting messages of ${row.name}, the last two minutes; now ${row.depth}`}
        seconds={points.map(({ second }) => second)}
        lines={[{ name: 'waiting', values: points.map(({ depth }) => depth) }]}
        unit="messages"
      />
      <h3>Time waited and handled</h3>
      <SubscriptionChart
        label={`Times of ${row.name}; handled: median ${durationText(row.handlings.quantile(0.5))}`}
        seconds={points.map(({ second }) => second)}
        lines={[
          { name: 'waited (median)', values: points.map(({ waitMedianMs }) => waitMedianMs) },
          { name: 'waited (p99)', values: points.map(({ waitP99Ms }) => waitP99Ms) },
          { name: 'handled (median)', values: points.map(({ handleMedianMs }) => handleMedianMs) },
          { name: 'handled (p99)', values: points.map(({ handleP99Ms }) => handleP99Ms) },
        ]}
        unit="ms"
      />
      <h3>Slowest types</h3>
      <SlowestTable row={row} />
      <h3>How it was made</h3>
      <SubscriptionFacts row={row} />
    </section>
  );
}
