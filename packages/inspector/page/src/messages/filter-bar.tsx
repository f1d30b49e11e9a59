import { useRef } from 'react';
import { EVERYTHING, isEverything, type Outcome } from '../../../src/model/messages/message-filter.js';
import { useInspector } from '../client/inspector-context.js';
import { countText } from '../client/format.js';
import { useNavigation } from '../client/navigation.js';
import { Button } from '../parts/button.js';
import { TextField } from '../parts/text-field.js';
import { useShortcut } from '../parts/use-shortcut.js';

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  any: 'Any',
  failed: 'A handler failed',
  dropped: 'Was dropped',
  unheard: 'Reached nobody',
};

/** Which messages are shown, and whether the list goes on. */
export function FilterBar(): React.ReactNode {
  const client = useInspector();
  const { filter, setFilter } = useNavigation();
  const first = useRef<HTMLInputElement>(null);
  const { list, model } = client;
  useShortcut('/', () => first.current?.focus());
  const pause = (): void => {
    if (list.isPaused) list.resume();
    else list.pause();
    client.frames.ask();
  };
  useShortcut('p', pause);
  const clear = (): void => {
    list.clear();
    client.frames.ask();
  };
  const change = (part: Partial<typeof filter>): void => setFilter({ ...filter, ...part });
  return (
    <form className="bar" role="search" aria-label="Filter of messages" onSubmit={(event) => event.preventDefault()}>
      <TextField
        label="Type"
        inputRef={first}
        value={filter.type}
        onChange={(type) => change({ type })}
        choices={model.types.all().map(({ name }) => name)}
      />
      <TextField
        label="Topic"
        value={filter.topic}
        onChange={(topic) => change({ topic })}
        choices={model.topics.all().map(({ name }) => name)}
      />
      <TextField
        label="Subscription"
        value={filter.subscription}
        onChange={(subscription) => change({ subscription })}
        choices={model.subscriptions.all().map(({ id }) => id)}
      />
      <TextField label="Text in the data" value={filter.text} onChange={(text) => change({ text })} />
      <label className="field">
        <span className="field__label">Outcome</span>
        <select value={filter.outcome} onChange={({ target }) => change({ outcome: target.value as Outcome })}>
          {Object.entries(OUTCOMES).map(([outcome, text]) => (
            <option key={outcome} value={outcome}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <span className="bar__buttons">
        <Button onPress={pause} isPressed={list.isPaused} label="Pause" shortcut="p">
          {list.isPaused ? 'Paused' : 'Pause'}
        </Button>
        <Button onPress={clear}>Clear</Button>
        <Button onPress={() => setFilter(EVERYTHING)} isDisabled={isEverything(filter)}>
          No filter
        </Button>
      </span>
      <output className="bar__count" aria-label="Messages shown" aria-live="off" data-figure="shown">
        {countText(list.length)} of {countText(model.messages.length)}
        {list.isComplete ? '' : ', looking…'}
      </output>
    </form>
  );
}
