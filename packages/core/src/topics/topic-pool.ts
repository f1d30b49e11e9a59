import { assertName } from '../errors/assert.js';
import { assertTopic } from './assert-topic.js';
import { takeChild } from './child-topic.js';
import type { Message } from '../messages/message.js';
import type { Topic } from './topic.js';

/** Topics made on demand, each forwarded to one parent topic (F5). Models `struct stasis_topic_pool`. */
export interface TopicPool<M extends Message = Message> {
  /** The topic to which all of the pool's topics are forwarded. */
  readonly parent: Topic<M>;
  /** How many topics the pool has. */
  readonly size: number;
  /**
   * Gets the topic of this name, or makes it: `parent.name + '/' + name` on the parent's bus, forwarded to the parent.
   * Names are compared exactly. O(1). Models `stasis_topic_pool_get_topic`.
   * @throws InvalidArgumentError when the name is empty or not a string
   * @throws StasisError `BUS_CLOSED` when the bus is closed; `FORWARD_CYCLE` when there is a topic of the name already,
   * which the parent feeds
   */
  topic(name: string): Topic<M>;
  /** Whether the pool has a topic of this name. Models `stasis_topic_pool_topic_exists`. */
  has(name: string): boolean;
  /**
   * Completes the topic and takes it from the pool; the name asked for again gives a new topic.
   * Models `stasis_topic_pool_delete_topic`.
   * @returns whether there was one
   */
  delete(name: string): boolean;
}

/**
 * Makes a pool of topics under a parent. A pooled topic that completes leaves the pool; when the parent completes, the
 * pooled topics live on without it.
 *
 * @throws InvalidArgumentError when the parent is not a topic
 * @example
 * const pool = createTopicPool(allChannels);
 * pool.topic('1001').publish(message); // seen by the subscribers of 'channel:all/1001' and of 'channel:all'
 */
export function createTopicPool<M extends Message>(parent: Topic<M>): TopicPool<M> {
  assertTopic('createTopicPool', 'parent', parent);
  const topics = new Map<string, Topic<M>>();
  parent.audience.isOnDemand = false; // it is more than the child of another one
  return {
    parent,
    get size() {
      return topics.size;
    },
    topic(name) {
      const known = topics.get(name);
      if (known !== undefined) return known;
      assertName('pool.topic', 'name', name);
      return parent.bus.delivery.run(() => {
        const { topic } = takeChild(parent, name); // which may be refused: then it is not the pool's
        topics.set(name, topic);
        topic.audience.pool = parent.name;
        topic.audience.onEnd(() => topics.delete(name));
        return topic;
      });
    },
    has: (name) => topics.has(name),
    delete(name) {
      const topic = topics.get(name);
      topic?.complete();
      return topic !== undefined;
    },
  };
}
