import type { WebSocketLike } from '../../src/index.js';

/** A WebSocket class without a network: every socket does what `behaviour` makes it do. */
export function fakeWebSocket(behaviour: (socket: FakeSocket) => void = () => undefined) {
  const sockets: FakeSocket[] = [];
  class FakeWebSocket extends FakeSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this);
      queueMicrotask(() => behaviour(this));
    }
  }
  return { WebSocket: FakeWebSocket, sockets };
}

export class FakeSocket extends EventTarget implements WebSocketLike {
  readyState = 0;
  readonly url: string;
  readonly #listeners: [type: string, listener: unknown][] = [];

  constructor(url: string) {
    super();
    this.url = url;
  }

  get listeners(): number {
    return this.#listeners.length;
  }

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.#listeners.push([args[0], args[1]]);
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    const index = this.#listeners.findIndex(([type, listener]) => type === args[0] && listener === args[1]);
    if (index >= 0) this.#listeners.splice(index, 1);
    super.removeEventListener(...args);
  }

  close(): void {
    // The other side never answers.
  }

  opens(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  says(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  /** Closes, as WebSockets do: an error goes before. */
  fails(error?: { message?: string; error?: unknown }): void {
    this.readyState = 3;
    if (error !== undefined) this.dispatchEvent(Object.assign(new Event('error'), error));
    this.dispatchEvent(new Event('close'));
  }
}
