/** A port with listeners for events: a MessagePort, a web worker, the `self` of one, or `parentPort` in Node. */
export interface EventPort {
  /** Posts a message to the other end. */
  postMessage(message: unknown): void;
  /** Listens: to `message`, whose events have `data`, to `messageerror`, and to `close` where there is such a thing. */
  addEventListener(type: string, listener: (event: unknown) => void): void;
  /** Listens no more. */
  removeEventListener(type: string, listener: (event: unknown) => void): void;
  /** Lets what has come and what will come through, where a port waits for that. */
  start?(): void;
}

/** A port that is an emitter: a `Worker` in Node, a MessagePortMain in Electron. */
export interface EmitterPort {
  /** Posts a message to the other end. */
  postMessage(message: unknown): void;
  /** Listens: to `message`, with a value or an event that has `data`, to `messageerror`, `close`, and a worker's `exit`. */
  on(name: string, listener: (value: unknown) => void): unknown;
  /** Listens no more. */
  off(name: string, listener: (value: unknown) => void): unknown;
  /** Lets what has come and what will come through, where a port waits for that. */
  start?(): void;
}

/** What a bridge needs of a port, whichever platform it belongs to. */
export type Port = EventPort | EmitterPort;

/** What is told of a port. */
export interface PortListener {
  /** A message has come. */
  readonly message: (data: unknown) => void;
  /** One has come that cannot be read. */
  readonly unreadable: () => void;
  /** Nothing will come any more. */
  readonly closed: () => void;
}

/** Whether it can be used as a port. A window posts to itself what it is told to post, so it is none. */
export function isPort(value: unknown): value is Port {
  if (typeof value !== 'object' || value === null || isWindow(value)) return false;
  const { postMessage, addEventListener, removeEventListener, on, off } = value as Record<string, unknown>;
  const isTarget = typeof addEventListener === 'function' && typeof removeEventListener === 'function';
  const isEmitter = typeof on === 'function' && typeof off === 'function';
  return typeof postMessage === 'function' && (isTarget || isEmitter);
}

/** Those of other origins let nothing else be read. */
export function isWindow(value: unknown): boolean {
  return (value as { readonly window?: unknown } | null | undefined)?.window === value && value !== undefined;
}

/** Listens to a port, and starts it. Returns what stops listening; the port stays as it is. */
export function listenTo(port: Port, { message, unreadable, closed }: PortListener): () => void {
  const listeners: Readonly<Record<string, (value: unknown) => void>> = {
    message: (value) => message(dataOf(value)),
    messageerror: unreadable,
    close: closed,
    exit: closed,
  };
  const entries = Object.entries(listeners);
  for (const [name, listener] of entries) {
    if ('addEventListener' in port) port.addEventListener(name, listener);
    else port.on(name, listener);
  }
  port.start?.();
  return () => {
    for (const [name, listener] of entries) {
      if ('removeEventListener' in port) port.removeEventListener(name, listener);
      else port.off(name, listener);
    }
  };
}

/** A bridge posts arrays. Emitters hand over what was posted, or an event, as all others do. */
function dataOf(value: unknown): unknown {
  return Array.isArray(value) ? value : (value as { readonly data?: unknown } | null | undefined)?.data;
}
