import type { MessageRow } from '../../../src/model/messages/message-row.js';
import { useNavigation } from '../client/navigation.js';
import { manyText, timeText } from '../client/format.js';
import { Button } from '../parts/button.js';
import { Empty } from '../parts/empty.js';
import { MessageLink } from '../parts/message-link.js';
import { MessageData } from './message-data.js';
import { Waterfall } from './waterfall.js';

interface MessageDetailProps {
  readonly id: number;
  /** `undefined` when it is no longer kept. */
  readonly row: MessageRow | undefined;
}

/** One message: what it is, who got it, and how that went. */
export function MessageDetail({ id, row }: MessageDetailProps): React.ReactNode {
  const { go } = useNavigation();
  return (
    <section className="detail" aria-label={`Message ${id}`}>
      <header className="detail__head">
        <h2>{row === undefined ? `Message ${id}` : row.type}</h2>
        <Button onPress={() => go({ view: 'Causes', message: id })}>Causes</Button>
        <Button kind="quiet" label="Close" onPress={() => go({ message: undefined })}>
          ×
        </Button>
      </header>
      {row === undefined ? <Empty>This message is no longer kept.</Empty> : <Known row={row} />}
    </section>
  );
}

function Known({ row }: { readonly row: MessageRow }) {
  return (
    <>
      <dl className="facts">
        <Fact name="Number">{row.id}</Fact>
        <Fact name="Topic">{row.topic}</Fact>
        <Fact name="Published">{timeText(row.at)}</Fact>
        <Fact name="Made by">{row.eid ?? 'several (aggregate)'}</Fact>
        <Fact name="Because of">{row.cause === undefined ? 'nothing known' : <MessageLink id={row.cause} />}</Fact>
        <Fact name="Brought about">
          {row.children.length === 0 ? (
            'nothing'
          ) : (
            <MessageLink id={row.id} view="Causes">
              {manyText(row.children.length, 'message')}
            </MessageLink>
          )}
        </Fact>
      </dl>
      <h3>Who got it</h3>
      <Waterfall row={row} />
      <h3>Data</h3>
      <MessageData row={row} />
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className="facts__fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
