import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { useInspector } from '../client/inspector-context.js';
import { useNavigation } from '../client/navigation.js';
import { Button } from '../parts/button.js';
import { Empty } from '../parts/empty.js';
import { useShortcut } from '../parts/use-shortcut.js';
import { MessageRowLine } from './message-row-line.js';
import { ROW_HEIGHT, useRowKeys } from './use-row-keys.js';

const HEADS = ['Time', 'No.', 'Topic', 'Type', 'Data', 'Got it'] as const;

/** The list; no more rows are drawn than can be seen. */
export function MessageRows(): React.ReactNode {
  const client = useInspector();
  const { place, go } = useNavigation();
  const frame = useRef<HTMLDivElement>(null);
  const [isFollowing, setIsFollowing] = useState(true);
  const { list } = client;
  const count = list.length;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  useFollowing(frame, list.gone, count, isFollowing && !list.isPaused);
  const follow = (): void => setIsFollowing(true);
  useShortcut('f', follow);
  const scrollTo = (index: number): void => {
    setIsFollowing(false);
    rows.scrollToIndex(index);
  };
  const onKeyDown = useRowKeys({ list, messages: client.model.messages, frame, scrollTo, selected: place.message, go });
  const selected = place.message === undefined ? undefined : `message-${place.message}`;
  return (
    <div className="rows">
      <div
        ref={frame}
        className="rows__frame"
        role="grid"
        aria-label="List of messages"
        aria-rowcount={count + 1}
        aria-activedescendant={selected}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onWheel={({ deltaY }) => {
          if (deltaY < 0) setIsFollowing(false);
        }}
        onPointerDown={() => setIsFollowing(false)}
      >
        <div className="rows__head" role="row" aria-rowindex={1}>
          {HEADS.map((head) => (
            <span key={head} role="columnheader">
              {head}
            </span>
          ))}
        </div>
        <div className="rows__all" role="rowgroup" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const row = list.at(index);
            if (row === undefined) return null;
            const isSelected = row.id === place.message;
            const choose = (): void => go({ message: row.id });
            return <MessageRowLine key={row.id} {...{ row, index, start, isSelected, choose }} />;
          })}
        </div>
      </div>
      {count === 0 && <Empty>No message yet that the filter lets through.</Empty>}
      {!isFollowing && (
        <div className="rows__follow">
          <Button kind="primary" onPress={follow} shortcut="f" label="Follow the newest">
            ↓ Follow
          </Button>
        </div>
      )}
    </div>
  );
}

/** The end stays in sight; or else what is in sight stays where it is when rows before it are gone. */
function useFollowing(
  frame: React.RefObject<HTMLDivElement | null>,
  gone: number,
  count: number,
  isFollowing: boolean,
): void {
  const last = useRef(gone);
  useLayoutEffect(() => {
    const element = frame.current;
    const moved = gone - last.current;
    last.current = gone;
    if (element === null) return;
    if (isFollowing) element.scrollTop = element.scrollHeight;
    else if (moved > 0) element.scrollTop = Math.max(0, element.scrollTop - moved * ROW_HEIGHT);
  }, [frame, gone, count, isFollowing]);
}
