import { useRef } from 'react';
import type { CauseNode, CauseTree } from '../../../src/model/causes/cause-tree.js';
import { handledMs, stateOf, waitedMs } from '../../../src/model/messages/message-row.js';
import { textOfShown } from '../../../src/model/values/text-of-shown.js';
import { useInspector } from '../client/inspector-context.js';
import { useNavigation } from '../client/navigation.js';
import { durationText } from '../client/format.js';
import { StateMark } from '../parts/state-mark.js';

interface CauseTreeViewProps {
  readonly tree: CauseTree;
  /** Id of the message that was asked about. */
  readonly selected: number;
}

/** The tree; one stop of the Tab key, arrows go up and down. */
export function CauseTreeView({ tree: { nodes }, selected }: CauseTreeViewProps): React.ReactNode {
  const { go } = useNavigation();
  const list = useRef<HTMLUListElement>(null);
  const pressed = (event: React.KeyboardEvent): void => {
    const index = nodes.findIndex(({ id }) => id === selected);
    const places: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: nodes.length - 1,
    };
    const next = Object.hasOwn(places, event.key) ? nodes[places[event.key] ?? -1] : undefined;
    if (event.key === 'Enter') go({ view: 'Messages', message: selected });
    if (next === undefined) return;
    event.preventDefault();
    go({ message: next.id });
    list.current?.querySelector<HTMLElement>(`#cause-${next.id}`)?.focus();
  };
  return (
    <ul
      ref={list}
      className="cause-tree"
      role="tree"
      aria-label="Messages and what they brought about"
      onKeyDown={pressed}
    >
      {nodes.map((node) => (
        <CauseTreeItem
          key={node.id}
          node={node}
          isSelected={node.id === selected}
          choose={() => go({ message: node.id })}
        />
      ))}
    </ul>
  );
}

interface CauseTreeItemProps {
  readonly node: CauseNode;
  readonly isSelected: boolean;
  readonly choose: () => void;
}

function CauseTreeItem({ node: { id, row, depth, children }, isSelected, choose }: CauseTreeItemProps) {
  return (
    <li
      id={`cause-${id}`}
      className="cause"
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={isSelected}
      aria-expanded={children > 0 ? true : undefined}
      tabIndex={isSelected ? 0 : -1}
      style={{ paddingInlineStart: `${Math.min(depth, 24) * 1.25 + 0.5}rem` }}
      onClick={choose}
      data-message={id}
    >
      <span className="cause__title">
        <strong>{row?.type ?? `message ${id}`}</strong> <span className="soft">no. {id}</span>
        {row === undefined ? <span className="soft">no longer kept</span> : <span> on {row.topic}</span>}
      </span>
      {row !== undefined && <span className="cause__data">{textOfShown(row.data, 120)}</span>}
      {row !== undefined && <Deliveries row={row} />}
    </li>
  );
}

/** So many are named; the rest is counted. */
const MOST_NAMED = 6;

function Deliveries({ row }: { readonly row: NonNullable<CauseNode['row']> }) {
  const { model } = useInspector();
  const { deliveries } = row;
  if (deliveries.length === 0) return <StateMark state="unheard">reached nobody</StateMark>;
  return (
    <span className="cause__deliveries">
      {deliveries.slice(0, MOST_NAMED).map((delivery, index) => (
        <StateMark key={`${delivery.subscription} ${index}`} state={stateOf(delivery)}>
          {model.subscriptions.get(delivery.subscription)?.name ?? delivery.subscription}: {stateOf(delivery)}
          {delivery.endedAt === undefined
            ? ''
            : ` (${durationText(waitedMs(delivery))} + ${durationText(handledMs(delivery))})`}
        </StateMark>
      ))}
      {deliveries.length > MOST_NAMED && <span>and {deliveries.length - MOST_NAMED} more</span>}
    </span>
  );
}
