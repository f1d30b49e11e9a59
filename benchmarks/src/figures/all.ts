import { allocation } from './allocation.js';
import type { Figure } from './figure.js';
import { pooledTopics } from './pooled-topics.js';
import { sizes } from './sizes.js';
import { subscriptions } from './subscriptions.js';
import { timer } from './timer.js';

/** Everything that is measured without a peer. */
export const figures: readonly Figure[] = [pooledTopics, subscriptions, timer, allocation, sizes];
