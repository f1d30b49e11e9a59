/** Where a StatsD server is. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

const HOST_AND_PORT = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/;

/** Reads `HOST:PORT`, with an IPv6 address in brackets: `[::1]:8125`. @returns `undefined` for anything else */
export function parseHostAndPort(text: string): HostAndPort | undefined {
  const [, ipv6, name, digits] = HOST_AND_PORT.exec(text) ?? [];
  const host = ipv6 ?? name;
  const port = Number(digits);
  return host !== undefined && port >= 1 && port <= 65535 ? { host, port } : undefined;
}

/** The other way round. */
export function formatHostAndPort({ host, port }: HostAndPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
