import { InvalidArgumentError, type Message, type Topic } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import { countMessages, type StatsDClient } from '@stasis-rx/statsd';
import { parseAriTime } from '../events/ari-time.js';
import { ChannelSnapshot, type ChannelSnapshotData, type ChannelMessage } from '../messages/channel-messages.js';

/** The running channel statistics. */
export interface ChannelStats {
  /** Stops: what is queued is still counted. Legal twice. */
  unsubscribe(): void;
  /** Resolves when everything that was queued has been counted. */
  join(): Promise<void>;
  /** Same as `unsubscribe`. */
  [Symbol.dispose](): void;
  /** `unsubscribe`, then `join`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Posts the statistics of channels to StatsD, as Asterisk's own channel statistics module does (D3): every message as
 * `stasis.message.<type name>:1|m`, a channel's first snapshot as `channels.count:+1|g`, its last one as
 * `channels.calltime:<ms>|ms` (the message's time minus the channel's creation time) and `channels.count:-1|g`. A channel
 * that was found to have ended (A3) counts down without a call time, since nobody knows when it did.
 *
 * Ends with `unsubscribe`, or with the topic. The client is not closed.
 *
 * @param topic `asterisk.channels`, or one channel's topic
 * @throws InvalidArgumentError when an argument cannot work
 * @example
 * const stats = startChannelStats(asterisk.channels, statsd);
 * // …
 * stats.unsubscribe();
 * await stats.join();
 * await statsd.close();
 */
export function startChannelStats(topic: Topic<ChannelMessage>, statsd: StatsDClient): ChannelStats {
  if (typeof (statsd as Partial<StatsDClient> | undefined)?.gaugeDelta !== 'function') {
    throw new InvalidArgumentError('[asterisk] startChannelStats()', 'statsd to be a StatsD client', statsd);
  }
  const counter = countMessages(topic, statsd);
  const router = createMessageRouter(topic, { name: 'channel statistics' }).add(ChannelSnapshot, (message) =>
    measure(message, statsd),
  );

  const unsubscribe = () => {
    counter.unsubscribe();
    router.unsubscribe();
  };
  const join = async () => {
    await Promise.all([counter.join(), router.join()]);
  };
  return {
    unsubscribe,
    join,
    [Symbol.dispose]: unsubscribe,
    [Symbol.asyncDispose]: () => {
      unsubscribe();
      return join();
    },
  };
}

/** A channel whose first snapshot is its last one counts up and down: the gauge comes out even. */
function measure({ data, timestamp }: Message<ChannelSnapshotData>, statsd: StatsDClient): void {
  if (data.old === null) statsd.gaugeDelta('channels.count', 1);
  if (!data.new.dead) return;
  // Of an end that was only found afterwards, nobody knows when it was.
  if (data.reconciled !== true) {
    statsd.timing('channels.calltime', timestamp - parseAriTime(data.new.creationtime));
  }
  statsd.gaugeDelta('channels.count', -1);
}
