import { Writable } from 'node:stream';
import { createStatsDClient } from '@stasis-rx/statsd';
import { StatsD } from 'hot-shots';
import type { Contender } from '../harness/contender.js';
import { OURS } from './ours.js';
import { Tally } from '../harness/tally.js';

const MAX_PACKET_BYTES = 1432;
const NAME = 'calls.setup_time';

/** Takes packets as bytes, as a socket would, and reads their lines when nobody is timed. */
class PacketReader {
  readonly tally = new Tally();
  #packets: Buffer[] = [];

  take(packet: Buffer): void {
    this.#packets.push(packet);
  }

  read(): void {
    for (const packet of this.#packets) {
      if (packet.length > MAX_PACKET_BYTES + 1) throw new Error(`a packet of ${packet.length} bytes`);
      for (const line of packet.toString().trimEnd().split('\n')) this.tally.add(readValue(line));
    }
    this.#packets = [];
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
