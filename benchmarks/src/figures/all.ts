import { allocation } from './allocation.js';
import type { Figure } from './figure.js';
import { freshTopics } from './fresh-topics.js';
import { growth } from './growth.js';
import { pooledTopics } from './pooled-topics.js';
import { sizes } from './sizes.js';
import { subscriptions } from './subscriptions.js';
import { timer } from './timer.js';

/** Everything that is measured without a peer. */
export const figures: readonly Figure[] = [pooledTopics, subscriptions, growth, freshTopics, timer, allocation, sizes];
