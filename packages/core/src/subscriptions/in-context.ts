import type { Contexts } from '../mailbox/contexts.js';
import { Publication } from '../topics/publication.js';
import type { Topic } from '../topics/topic.js';
import type { Handler } from './subscription.js';

/** The same handler, called in the context in which its message was published (K1). */
export function inContext(handler: Handler, contexts: Contexts | undefined): Handler {
  if (contexts === undefined) return handler;
  return (message, from, subscription) => {
    const publication: unknown = from;
    if (!(publication instanceof Publication)) return handler(message, from, subscription);
    const topic = publication.topic as unknown as Topic;
    return contexts.run(publication.captured, () => handler(message, topic, subscription));
  };
}
