import type { Journal } from '../packets/journal.js';
import type { ResolvedOptions } from './options.js';
import type { OpenLink } from '../transports/link.js';
import { SocketSink } from '../transports/socket-sink.js';
import { tcpLinks, unixLinks, unixStreamLinks } from '../transports/stream-link.js';
import { TransportSink } from '../transports/transport-sink.js';
import type { PacketSink } from '../transports/transport.js';
import { udpLinks } from '../transports/udp-link.js';
import { unixDatagramLinks } from '../transports/unix-datagram-link.js';

/** Makes what the options ask for. No socket is opened before the first packet. */
export function createSink(options: ResolvedOptions, journal: Journal): PacketSink {
  if (options.transport !== undefined) return new TransportSink(options.transport, options.timeoutMs, journal);
  const { protocol, host, port, path, maxOutboxBytes, timeoutMs } = options;
  const target = `${protocol} ${path || `${host}:${port}`}`;
  return new SocketSink({ target, openLink: openLinkOf(options), maxOutboxBytes, timeoutMs }, journal);
}

function openLinkOf({ protocol, host, port, path }: ResolvedOptions): OpenLink {
  switch (protocol) {
    case 'udp':
      return udpLinks(host, port);
    case 'tcp':
      return tcpLinks(host, port);
    case 'unix':
      return unixLinks(path);
    case 'unixgram':
      return unixDatagramLinks(path);
    case 'unixstream':
      return unixStreamLinks(path);
  }
}
