import type { MessageList } from '../../../src/model/messages/message-list.js';
import type { MessageTable } from '../../../src/model/messages/message-table.js';
import type { Navigation } from '../client/navigation.js';

/** In pixels; the style sheet has it too. */
export const ROW_HEIGHT = 30;

interface RowKeys {
  readonly list: MessageList;
  readonly messages: MessageTable;
  readonly frame: React.RefObject<HTMLElement | null>;
  readonly scrollTo: (index: number) => void;
  /** Id of the message that is chosen. */
  readonly selected: number | undefined;
  readonly go: Navigation['go'];
}

/** Goes from row to row by keys; Enter shows the causes of the one that is chosen, Escape chooses none. */
export function useRowKeys(keys: RowKeys): (event: React.KeyboardEvent) => void {
  return (event) => {
    const { list, selected, scrollTo, go } = keys;
    if (event.key === 'Enter' && selected !== undefined) {
      go({ view: 'Causes' });
      return;
    }
    if (event.key === 'Escape') {
      go({ message: undefined });
      return;
    }
    const index = nextIndex(event.key, keys);
    if (index === undefined || list.length === 0) return;
    event.preventDefault();
    const place = Math.max(0, Math.min(list.length - 1, index));
    const row = list.at(place);
    if (row === undefined) return;
    scrollTo(place);
    go({ message: row.id });
  };
}

function nextIndex(key: string, { list, messages, frame, selected }: RowKeys): number | undefined {
  const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
  if (key === 'Home') return 0;
  if (key === 'End') return list.length - 1;
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined) return undefined;
  const row = selected === undefined ? undefined : messages.get(selected);
  const current = row === undefined ? -1 : list.indexOf(row);
  return current === -1 ? list.length - 1 : current + step;
}
