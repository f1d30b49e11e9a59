import type { Journal } from '../journal.js';
import type { ResolvedOptions } from '../options.js';
import type { OpenLink } from './link.js';
import { SocketSink } from './socket-sink.js';
import { tcpLinks, unixLinks, unixStreamLinks } from './stream-link.js';
import { TransportSink } from './transport-sink.js';
import type { PacketSink } from './transport.js';
import { udpLinks } from './udp-link.js';
import { unixDatagramLinks } from './unix-datagram-link.js';

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
