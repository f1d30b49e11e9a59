import type { NatsConnection } from '@nats-io/nats-core';

/** What a server takes that has not said. */
const DEFAULT_BYTES = 1_048_576;

/** How large a message the server takes. Another one may answer when a connection comes back; in between it takes what the last did. */
export class PayloadLimit {
  readonly #connection: Pick<NatsConnection, 'info'>;
  #bytes = DEFAULT_BYTES;

  constructor(connection: Pick<NatsConnection, 'info'>) {
    this.#connection = connection;
  }

  get bytes(): number {
    return (this.#bytes = this.#connection.info?.max_payload ?? this.#bytes);
  }
}
