import { Writable } from 'node:stream';
import { createStatsDClient } from '@stasis-rx/statsd';
import { StatsD } from 'hot-shots';
import type { Contender } from '../harness/contender.js';
import { OURS } from './ours.js';
import { Tally } from '../harness/tally.js';

const MAX_PACKET_BYTES = 1432;
const NAME = 'calls.setup_time';

/** What is sent in one turn, and more. */
const ROOM_BYTES = 64 * 1024 * 1024;

/**
 * Copies packets, as a socket does, and reads their lines when nobody is timed. Into memory that it has: whoever sends more
 * in a turn would otherwise wait for more of it.
 */
class PacketReader {
  readonly tally = new Tally();
  readonly #bytes = Buffer.alloc(ROOM_BYTES, '.');
  /** Where each packet ends. */
  readonly #ends: number[] = [];
  #written = 0;

  take(packet: Buffer): void {
    if (packet.length > MAX_PACKET_BYTES + 1) throw new Error(`a packet of ${packet.length} bytes`);
    if (this.#written + packet.length > ROOM_BYTES) throw new Error(`more than ${ROOM_BYTES} bytes in one turn`);
    this.#written += packet.copy(this.#bytes, this.#written);
    this.#ends.push(this.#written);
  }

  read(): void {
    let start = 0;
    for (const end of this.#ends.splice(0)) {
      const lines = this.#bytes.toString('latin1', start, end).trimEnd().split('\n');
      for (const line of lines) this.tally.add(readValue(line));
      start = end;
    }
    this.#written = 0;
  }
}

function readValue(line: string): number {
  const value = /^calls\.setup_time:(\d+)\|ms$/.exec(line)?.[1];
  if (value === undefined) throw new Error(`expected a line of metrics, got ${line}`);
  return Number(value);
}

/** A transport that turns each packet into bytes. */
export function statsdLines(): Contender<number> {
  const reader = new PacketReader();
  const transport = {
    send: (packet: string) => reader.take(Buffer.from(packet)),
    close: () => undefined,
  };
  const client = createStatsDClient({ transport, maxPacketBytes: MAX_PACKET_BYTES });
  return {
    name: OURS,
    tallies: [reader.tally],
    deliver(items) {
      for (const n of items) client.timing(NAME, n);
      return undefined;
    },
    collect() {
      void client.flush();
      reader.read();
    },
  };
}

/** Buffered, to a stream that takes everything at once; without tags, telemetry or callbacks. */
export function hotShotsLines(): Contender<number> {
  const reader = new PacketReader();
  const stream = new Writable({
    highWaterMark: 2 ** 30,
    write(packet: Buffer, _encoding, done) {
      reader.take(packet);
      done();
    },
  });
  const client = new StatsD({ protocol: 'stream', stream, maxBufferSize: MAX_PACKET_BYTES });
  return {
    name: 'hot-shots',
    tallies: [reader.tally],
    deliver(items) {
      for (const n of items) client.timing(NAME, n);
      return undefined;
    },
    collect() {
      client.flush();
      reader.read();
    },
  };
}
