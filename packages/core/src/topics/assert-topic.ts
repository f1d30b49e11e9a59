import { assert } from '../errors/assert.js';
import type { Topic } from './topic.js';

/** Any loaded copy of core may have made the topic. */
export function assertTopic(call: string, name: string, value: unknown): void {
  assert((value as Partial<Topic> | undefined)?.audience !== undefined, call, `${name} to be a topic of a bus`, value);
}
