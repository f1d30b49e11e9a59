import { forwardAll } from './forward.js';
import type { Message } from '../messages/message.js';
import type { Topic } from './topic.js';

/** A topic under a parent, forwarded to it, for as long as somebody has it. */
export interface ChildTopic<M extends Message> {
  readonly topic: Topic<M>;
  /** Whoever took it needs it no more. Once. */
  letGo(): void;
}

/**
 * Takes the topic `parent.name + '/' + name`, which is made when there is none, and forwards it to the parent. The last
 * who lets go ends it, but for one that somebody made by its name, and one that somebody still listens to: these are
 * theirs, and only no longer forwarded here.
 *
 * @throws StasisError `FORWARD_CYCLE` when it was there already and the parent feeds it; `BUS_CLOSED`
 */
export function takeChild<M extends Message>(parent: Topic<M>, name: string): ChildTopic<M> {
  const { bus } = parent;
  const fullName = `${parent.name}/${name}`;
  const isNew = bus.find(fullName) === undefined;
  const topic = bus.topic<M>(fullName);
  const { audience } = topic;
  const forward = forwardAll(topic, parent);
  if (isNew) audience.isOnDemand = true;
  audience.takers++;
  return {
    topic,
    letGo() {
      bus.gate.pass(() => {
        audience.takers--;
        forward.cancel();
        if (audience.isOnDemand && audience.takers === 0 && !audience.isObserved && !topic.isCompleted) {
          topic.complete();
        }
      });
    },
  };
}
