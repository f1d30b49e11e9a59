import type { MessageRow } from '../../../src/model/messages/message-row.js';
import type { Shown } from '../../../src/protocol/shown.js';
import { useInspector } from '../client/inspector-context.js';
import { Button } from '../parts/button.js';
import { ShownTree } from '../parts/shown-tree.js';

/** The data of a message; where only a part of them was sent, more can be asked for. */
export function MessageData({ row }: { readonly row: MessageRow }): React.ReactNode {
  const client = useInspector();
  const { answer } = client.model;
  const isAnswered = answer?.id === row.id && answer.path.length > 0;
  const deeper = client.isControllable || client.status.phase === 'live' ? deeperPaths(row.data) : [];
  return (
    <>
      <ShownTree value={row.data} isOpen />
      {deeper.map((path) => (
        <Button key={path.join('.')} kind="quiet" onPress={() => client.send({ is: 'message', id: row.id, path })}>
          Show {path.join('.')}
        </Button>
      ))}
      {isAnswered && answer.data !== undefined && <ShownTree name={answer.path.join('.')} value={answer.data} isOpen />}
      {isAnswered && answer.data === undefined && <p>The bus no longer keeps this message.</p>}
    </>
  );
}

type Path = readonly (string | number)[];

/** Where something is that was too deep to be shown; the first of those places. */
function deeperPaths(value: Shown, path: Path = [], found: Path[] = []): Path[] {
  if (found.length >= 8 || typeof value !== 'object' || value === null) return found;
  if (value.is === 'deeper') found.push(path);
  else if ('items' in value) {
    for (const [index, item] of value.items.entries()) deeperPaths(item, [...path, index], found);
  } else if ('entries' in value) {
    for (const [index, [key, item]] of value.entries.entries()) {
      deeperPaths(item, [...path, typeof key === 'string' ? key : index], found);
    }
  }
  return found;
}
