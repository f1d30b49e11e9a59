import { useRef } from 'react';
import { useNavigation, VIEWS, type View } from '../client/navigation.js';
import { useShortcut } from '../parts/use-shortcut.js';

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** The views; one stop of the Tab key, arrows go from one to the other. */
export function Tabs(): React.ReactNode {
  const { place, go } = useNavigation();
  const list = useRef<HTMLDivElement>(null);
  const current = VIEWS.indexOf(place.view);
  const choose = (index: number): void => {
    const view = VIEWS.at(index % VIEWS.length);
    if (view === undefined) return;
    go({ view });
    list.current?.querySelector<HTMLElement>(`#tab-${view}`)?.focus();
  };
  const pressed = (event: React.KeyboardEvent): void => {
    const step = STEPS[event.key];
    const end = { Home: 0, End: VIEWS.length - 1 }[event.key];
    if (step === undefined && end === undefined) return;
    event.preventDefault();
    choose(end ?? current + (step ?? 0));
  };
  return (
    <nav aria-label="Views">
      <div ref={list} className="tabs" role="tablist" aria-label="Views" onKeyDown={pressed}>
        {VIEWS.map((view, index) => (
          <Tab key={view} view={view} shortcut={String(index + 1)} isCurrent={view === place.view} />
        ))}
      </div>
    </nav>
  );
}

interface TabProps {
  readonly view: View;
  readonly shortcut: string;
  readonly isCurrent: boolean;
}

function Tab({ view, shortcut, isCurrent }: TabProps) {
  const { go } = useNavigation();
  useShortcut(shortcut, () => go({ view }));
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${view}`}
      className="tab"
      aria-selected={isCurrent}
      aria-controls="view"
      aria-keyshortcuts={shortcut}
      tabIndex={isCurrent ? 0 : -1}
      onClick={() => go({ view })}
    >
      {view}
      <kbd aria-hidden="true">{shortcut}</kbd>
    </button>
  );
}
