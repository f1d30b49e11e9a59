import { useRef } from 'react';
import { VIEWS } from '../client/navigation.js';
import { Button } from '../parts/button.js';
import { useShortcut } from '../parts/use-shortcut.js';

const SHORTCUTS: readonly (readonly [keys: string, what: string])[] = [
  ...VIEWS.map((view, index) => [String(index + 1), view] as const),
  ['/', 'To the filter, or the search'],
  ['p', 'Pause the list of messages, or let it go on'],
  ['f', 'Follow the newest message'],
  ['↑ ↓', 'From row to row; Home and End, Page up and Page down'],
  ['Enter', 'Open what is chosen: the causes of a message, what is folded on the map'],
  ['+ − 0', 'On the map: nearer, farther, all of it; arrows move it'],
  ['t', 'Dark or light'],
  ['?', 'These keys'],
];

/** Shows which keys do what. */
export function ShortcutsButton(): React.ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = (): void => dialog.current?.showModal();
  useShortcut('?', open);
  return (
    <>
      <Button onPress={open} shortcut="?" label="Keyboard shortcuts">
        ?
      </Button>
      <dialog ref={dialog} className="dialog" aria-labelledby="shortcuts-title">
        <h2 id="shortcuts-title">Keyboard shortcuts</h2>
        <dl className="shortcuts">
          {SHORTCUTS.map(([keys, what]) => (
            <div key={keys} className="shortcuts__row">
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <Button onPress={() => dialog.current?.close()}>Close</Button>
      </dialog>
    </>
  );
}
