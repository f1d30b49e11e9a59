import type { SubscriptionRow } from '../../../src/model/subscriptions/subscription-row.js';
import { countText, durationText } from '../client/format.js';

/** How it was made, and what the bus has counted. */
export function SubscriptionFacts({ row }: { readonly row: SubscriptionRow }): React.ReactNode {
  const facts = [...made(row), ...counted(row)];
  return (
    <dl className="facts">
      {facts.map(([name, text]) => (
        <div key={name} className="facts__fact">
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

type Fact = readonly [name: string, text: string];

function made({ id, topic, description }: SubscriptionRow): Fact[] {
  const facts: Fact[] = [
    ['Id', id],
    ['Topic', topic],
  ];
  if (description === undefined) return facts;
  const { accepts, formats, delivery, dispatcher, capacity, overflow, highWater, lowWater, routes } = description;
  return [
    ...facts,
    ['Accepts', accepts?.join(', ') ?? 'every type'],
    ...(formats === null ? [] : [['Formats', formats.join(', ')] as const]),
    [
      'Delivery',
      delivery === 'queued' ? `queued, by the ${dispatcher === 'bus' ? 'bus’s' : 'own'} dispatcher` : delivery,
    ],
    ['High and low water', `${countText(highWater)}, ${countText(lowWater)}`],
    ['Capacity', capacity === null ? 'without a bound' : `${countText(capacity)}, then ${overflow ?? ''}`],
    ...(routes === undefined ? [] : [['Routes', routes.length === 0 ? 'none' : routes.join(', ')] as const]),
  ];
}

function counted({ statistics }: SubscriptionRow): Fact[] {
  if (statistics === undefined) return [];
  const { passed, filtered, maxDepth, highestInvokeMs } = statistics;
  return [
    ['Passed the filter', countText(passed)],
    ['Kept out', countText(filtered)],
    ['Deepest', countText(maxDepth)],
    ['Slowest (sampled)', durationText(highestInvokeMs)],
  ];
}
