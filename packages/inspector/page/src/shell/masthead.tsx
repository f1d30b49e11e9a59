import { useInspector, useNowAndThen } from '../client/inspector-context.js';
import { countText, rateText } from '../client/format.js';
import { Button } from '../parts/button.js';
import { HoldButton } from './hold-button.js';
import { ShortcutsButton } from './shortcuts-button.js';
import { StatusBadge } from './status-badge.js';
import { ThemeButton } from './theme-button.js';

/** What is looked at, and how it goes. */
export function Masthead(): React.ReactNode {
  useNowAndThen();
  const client = useInspector();
  const { model, shed } = client;
  const perSecond = model.types.all().reduce((sum, type) => sum + type.rate(model.now), 0);
  return (
    <header className="masthead">
      <h1 className="masthead__title">
        <span className="masthead__brand">Stasis inspector</span>
        <span className="masthead__bus">{model.hello?.bus.name ?? ''}</span>
      </h1>
      <StatusBadge status={client.status} />
      <dl className="masthead__figures">
        <Figure name="messages a second">{rateText(perSecond)}</Figure>
        <Figure name="messages kept">{countText(model.messages.length)}</Figure>
        {model.lost > 0 && <Figure name="records lost">{countText(model.lost)}</Figure>}
        {shed > 0 && <Figure name="batches passed over">{countText(shed)}</Figure>}
      </dl>
      <div className="masthead__buttons">
        {model.refused !== undefined && (
          <span className="masthead__refused" role="alert">
            Refused: {model.refused.reason}
            <Button
              kind="quiet"
              label="Close"
              onPress={() => {
                model.refused = undefined;
                client.frames.ask();
              }}
            >
              ×
            </Button>
          </span>
        )}
        <HoldButton />
        <ThemeButton />
        <ShortcutsButton />
      </div>
    </header>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <div className="masthead__figure">
      <dt>{name}</dt>
      <dd data-figure={name}>{children}</dd>
    </div>
  );
}
