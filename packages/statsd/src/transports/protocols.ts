/**
 * How packets travel: as datagrams (`udp`, `unixgram`), as a stream of lines (`tcp`, `unix`), or as a stream of packets, each
 * behind its length (`unixstream`, as Datadog's agent reads them). `unixgram` needs the package `unix-dgram`, which is
 * installed beside this one.
 */
export type StatsDProtocol = 'udp' | 'tcp' | 'unix' | 'unixgram' | 'unixstream';

/** What the options have to know about a protocol. */
interface ProtocolTraits {
  /** Whether the server has a path, and not a host and a port. */
  readonly hasPath: boolean;
  /** Whether nothing but a newline says where a line ends, also at the end of a packet. */
  readonly isLineStream: boolean;
  /** How many bytes a packet has at most unless told otherwise. */
  readonly maxPacketBytes: number;
}

/** What an Ethernet carries in one piece. */
const ethernetBytes = 1432;
/** What Datadog's agent reads at once, unless told otherwise. */
const agentBytes = 8192;

/** All protocols. */
export const protocolTraits: Readonly<Record<StatsDProtocol, ProtocolTraits>> = {
  udp: { hasPath: false, isLineStream: false, maxPacketBytes: ethernetBytes },
  tcp: { hasPath: false, isLineStream: true, maxPacketBytes: ethernetBytes },
  unix: { hasPath: true, isLineStream: true, maxPacketBytes: ethernetBytes },
  unixgram: { hasPath: true, isLineStream: false, maxPacketBytes: agentBytes },
  unixstream: { hasPath: true, isLineStream: false, maxPacketBytes: agentBytes },
};
