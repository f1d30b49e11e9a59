// The smoke suite: what the packages must do wherever they run. It is written once, and each runner's file gives it that
// runner's `test`.
import { broadcast } from './broadcast.mjs';
import { ending } from './ending.mjs';
import { failures } from './failures.mjs';
import { messages } from './messages.mjs';
import { order } from './order.mjs';
import { ports } from './ports.mjs';
import { router } from './router.mjs';
import { statsd } from './statsd.mjs';
import { turns } from './turns.mjs';

/** Titles, and what is done under them. */
export const tests = [messages, order, ending, failures, router, turns, statsd, broadcast, ports].flatMap(
  Object.entries,
);
