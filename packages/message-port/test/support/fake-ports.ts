import type { Port } from '@stasis-rx/message-port';

/** How a port tells of messages: as the DOM's ports do, as Node's workers do, or as Electron's ports do. */
export type Kind = 'target' | 'emitter' | 'emitter of events';

/** One end of a pair that is none of this platform. */
export interface FakePort {
  /** Whether posting throws. */
  isBroken: boolean;
  /** Whether what is posted is lost. */
  isSilent: boolean;
  postMessage(message: unknown): void;
  /** Calls the listeners. */
  tell(name: string, value: unknown): void;
}

/** Two ends of a port; what is posted on one is told at the other in a task of its own. */
export function fakePorts(kind: Kind): [FakePort & Port, FakePort & Port] {
  const [one, other] = [new Fake(kind), new Fake(kind)];
  one.peer = other;
  other.peer = one;
  return [one, other].map(({ port }) => port) as [FakePort & Port, FakePort & Port];
}

class Fake {
  readonly port: FakePort & Port;
  peer: Fake | undefined;
  readonly #listeners = new Set<{ readonly name: string; readonly listener: (value: unknown) => void }>();

  constructor(kind: Kind) {
    const add = (name: string, listener: (value: unknown) => void): void => {
      this.#listeners.add({ name, listener });
    };
    const remove = (name: string, listener: (value: unknown) => void): void => {
      for (const each of this.#listeners) {
        if (each.name === name && each.listener === listener) this.#listeners.delete(each);
      }
    };
    const port: FakePort = {
      isBroken: false,
      isSilent: false,
      postMessage: (message) => {
        if (port.isBroken) throw new Error('it cannot be posted');
        if (port.isSilent) return;
        const value = kind === 'emitter' ? message : { data: message };
        setImmediate(() => this.peer?.tell('message', value));
      },
      tell: (name, value) => this.tell(name, value),
    };
    const listening =
      kind === 'target' ? { addEventListener: add, removeEventListener: remove } : { on: add, off: remove };
    this.port = Object.assign(port, listening);
  }

  tell(name: string, value: unknown): void {
    for (const each of this.#listeners) if (each.name === name) each.listener(value);
  }
}
