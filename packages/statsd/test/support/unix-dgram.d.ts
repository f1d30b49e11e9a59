// The npm package has no types of its own.
declare module 'unix-dgram' {
  import type { EventEmitter } from 'node:events';

  export function createSocket(type: 'unix_dgram', onMessage?: (packet: Buffer) => void): UnixDatagramSocket;

  interface UnixDatagramSocket extends EventEmitter {
    bind(path: string): void;
    connect(path: string): void;
    send(packet: Uint8Array, callback?: (error?: Error) => void): void;
    close(): void;
  }
}
