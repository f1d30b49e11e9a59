import type { BridgeOptions } from '@stasis-rx/bridge';
import { InvalidArgumentError } from '@stasis-rx/core';
import type { JetStreamOptions } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { StreamSettings } from './stream.js';

/** How a bus is bridged over NATS. Read once. */
export interface NatsBridgeOptions extends BridgeOptions {
  /**
   * The stream that keeps the frames until all have read them: by name, when it is there; as {@link StreamSettings}, to
   * have it made when it is not. It captures `<subject>.data.>`. Not in core mode.
   */
  readonly stream?: string | StreamSettings | undefined;
  /**
   * `jetstream`: nothing is lost that the stream keeps. `core`: no stream; what is published while somebody is not
   * connected, or too slow, does not reach him, and he is told (`gap`). Default: `jetstream`.
   */
  readonly mode?: 'jetstream' | 'core' | undefined;
  /**
   * What the group's subjects begin with, and so the group's name: tokens of letters, digits, `_` and `-`, with dots
   * between. Default: `stasis`.
   */
  readonly subject?: string | undefined;
  /**
   * How the stream is read: by a consumer for each topic, which may read no other; or by one for all, so that a topic on
   * which nothing happens costs nothing. One for all reads the whole group where there are more than 64 topics, or the server
   * is older than 2.10. Default: `each` up to 16 topics, `shared` beyond.
   */
  readonly readers?: 'each' | 'shared' | undefined;
  /** Domain, prefix and time-out of JetStream's API. Default: the connection's. */
  readonly jetstream?: JetStreamOptions | undefined;
}

/** Validates what is NATS's of the options. @throws InvalidArgumentError */
export function assertNatsOptions(
  call: string,
  connection: NatsConnection | undefined,
  options: NatsBridgeOptions,
): void {
  const { info, status } = (connection ?? {}) as Partial<NatsConnection>;
  if (typeof status !== 'function') throw new InvalidArgumentError(call, 'a connection of NATS', connection);
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new InvalidArgumentError(call, 'options with topics, types and stream', options);
  }
  const { mode, stream, readers } = options as { mode?: unknown; stream?: unknown; readers?: unknown };
  if (mode !== undefined && mode !== 'jetstream' && mode !== 'core') {
    throw new InvalidArgumentError(call, "mode to be 'jetstream' or 'core'", mode, "Leave it out for 'jetstream'.");
  }
  if (readers !== undefined && readers !== 'each' && readers !== 'shared') {
    throw new InvalidArgumentError(
      call,
      "readers to be 'each' or 'shared'",
      readers,
      'Leave it out to have it chosen.',
    );
  }
  const name = typeof stream === 'object' && stream !== null ? (stream as Partial<StreamSettings>).name : stream;
  if (mode === 'core') {
    if (stream !== undefined) throw new InvalidArgumentError(call, 'no stream in core mode', stream);
  } else if (typeof name !== 'string' || !/^[A-Za-z0-9_-]+$/.test(name)) {
    const hint = "Where messages may be lost there is mode: 'core'.";
    throw new InvalidArgumentError(call, "stream to be a stream's name, or settings with one", stream, hint);
  }
  if (info?.headers === false) throw new InvalidArgumentError(call, 'a server that takes headers', info.version);
}
