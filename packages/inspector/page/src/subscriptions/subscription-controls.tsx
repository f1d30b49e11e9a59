import type { SubscriptionRow } from '../../../src/model/subscriptions/subscription-row.js';
import { useInspector } from '../client/inspector-context.js';
import { Button } from '../parts/button.js';

/** Pauses a subscription, has it handle one message more, or lets it go on. */
export function SubscriptionControls({ row }: { readonly row: SubscriptionRow }): React.ReactNode {
  const client = useInspector();
  if (!client.isControllable || row.isDone) return null;
  const ask = (is: 'pause' | 'step' | 'resume') => () => client.send({ is, subscription: row.id });
  return (
    <div className="controls" role="group" aria-label={`Control ${row.name}`}>
      <Button onPress={ask('pause')} isDisabled={row.isPaused}>
        Pause
      </Button>
      <Button onPress={ask('step')} isDisabled={!row.isPaused}>
        Step
      </Button>
      <Button onPress={ask('resume')} isDisabled={!row.isPaused}>
        Resume
      </Button>
      <span className="soft">{row.isPaused ? `paused, ${row.depth} wait` : 'runs'}</span>
    </div>
  );
}
