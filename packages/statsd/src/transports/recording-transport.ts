import type { StatsDTransport } from './transport.js';

/** A transport that keeps what it is given. */
export interface RecordingTransport extends StatsDTransport {
  /** Every metric line so far, in order, without newlines. Live: it grows as packets come. */
  readonly lines: string[];
  /** Every packet so far, as it was given. Live. */
  readonly packets: string[];
  /** Forgets what was recorded. */
  clear(): void;
}

/**
 * Makes a transport for tests: it records packets and their lines, and opens no socket. A line is there once its packet
 * has left: after `flush()`, `close()`, the flush interval, or when the packet was full.
 *
 * @example
 * ```ts
 * import { createStatsDClient, recordingTransport } from '@stasis-rx/statsd';
 *
 * const recording = recordingTransport();
 * const statsd = createStatsDClient({ transport: recording });
 * statsd.increment('calls');
 * await statsd.flush();
 * console.log(recording.lines); // ['calls:1|c']
 * ```
 */
export function recordingTransport(): RecordingTransport {
  const lines: string[] = [];
  const packets: string[] = [];
  return {
    lines,
    packets,
    send(packet) {
      packets.push(packet);
      for (const line of packet.split('\n')) {
        if (line !== '') lines.push(line);
      }
    },
    close() {
      // Nothing is open.
    },
    clear() {
      lines.length = packets.length = 0;
    },
  };
}
