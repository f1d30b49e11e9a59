import type { VirtualTimeScheduler } from 'rxjs';
import { AriWorld } from './ari-world.js';
import { FakeSocket } from './fake-web-socket.js';
import { nextTurn } from './virtual-time.js';

/** A scripted Asterisk without a network, for many random histories: its clock is that of the scheduler. */
export class MemoryAsterisk {
  readonly world = new AriWorld();
  readonly #scheduler: VirtualTimeScheduler;
  readonly #sockets: FakeSocket[] = [];
  #isReachable = true;
  /** While set, what is listed is what there was when it was set, and comes when it is released. */
  #listing: { readonly world: AriWorld; readonly released: Promise<void> } | undefined;

  constructor(scheduler: VirtualTimeScheduler) {
    this.#scheduler = scheduler;
  }

  get WebSocket(): typeof FakeSocket {
    const connect = (socket: FakeSocket) => {
      this.#sockets.push(socket);
      queueMicrotask(() => (this.#isReachable ? socket.opens() : socket.fails()));
    };
    return class extends FakeSocket {
      constructor(url: string) {
        super(url);
        connect(this);
      }
    };
  }

  readonly fetch = async (url: string): Promise<{ readonly status: number; json(): Promise<unknown> }> => {
    const listing = this.#listing;
    await listing?.released;
    if (!this.#isReachable) throw new TypeError('fetch failed');
    const answer = (listing?.world ?? this.world).answer(new URL(url).pathname.replace('/ari', ''));
    // Read as it is now: what happens next is not in it.
    const text = JSON.stringify(answer);
    return { status: answer === undefined ? 404 : 200, json: () => Promise.resolve(JSON.parse(text) as unknown) };
  };

  send(event: object): void {
    const text = JSON.stringify(event);
    for (const socket of this.#sockets) if (socket.readyState === 1) socket.says(text);
  }

  /** Every connection is lost, and none can be made. */
  cut(): void {
    this.#isReachable = false;
    for (const socket of this.#sockets.splice(0)) if (socket.readyState === 1) socket.fails();
  }

  mend(): void {
    this.#isReachable = true;
  }

  /** Listings show what there is now, and do not come. @returns lets them come */
  holdListings(): () => void {
    let release: () => void = () => undefined;
    const world = new AriWorld();
    for (const kind of ['channels', 'bridges', 'endpoints', 'playbacks', 'recordings'] as const) {
      for (const [id, thing] of this.world[kind]) world[kind].set(id, thing);
    }
    this.#listing = { world, released: new Promise((resolve) => (release = resolve)) };
    return () => {
      this.#listing = undefined;
      release();
    };
  }

  /** Time goes by, until nothing more happens by itself. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 6; turn++) {
      await nextTurn();
      this.#scheduler.maxFrames = this.#scheduler.frame + 1;
      this.#scheduler.flush();
      this.#scheduler.frame = this.#scheduler.maxFrames;
    }
  }
}
