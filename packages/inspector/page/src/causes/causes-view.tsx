import { causeTreeOf } from '../../../src/model/causes/cause-tree.js';
import { sequenceOf } from '../../../src/model/causes/sequence.js';
import { useInspector, useNowAndThen } from '../client/inspector-context.js';
import { manyText } from '../client/format.js';
import { useNavigation } from '../client/navigation.js';
import { Empty } from '../parts/empty.js';
import { CauseTreeView } from './cause-tree-view.js';
import { SequenceView } from './sequence-view.js';

/** What a message has made happen, and what made it happen: as a tree, and in the order of time. */
export function CausesView(): React.ReactNode {
  useNowAndThen();
  const { model } = useInspector();
  const { place } = useNavigation();
  const id = place.message ?? model.messages.last?.id;
  if (id === undefined) return <Empty>No message yet. Choose one in the list of messages.</Empty>;
  const tree = causeTreeOf(model.messages, id);
  return (
    <div className="causes">
      <section className="causes__part" aria-label="Tree of causes">
        <h2>
          What came of it{' '}
          <span className="soft">
            {manyText(tree.nodes.length, 'message')}
            {tree.isCut ? ', and more' : ''}
          </span>
        </h2>
        {place.message === undefined && <p className="soft">The newest message; choose another one in the list.</p>}
        <CauseTreeView tree={tree} selected={id} />
      </section>
      <section className="causes__part" aria-label="Sequence diagram">
        <h2>In the order of time</h2>
        <SequenceView diagram={sequenceOf(tree)} selected={id} />
      </section>
    </div>
  );
}
