import { MessageChannel, type MessagePort } from 'node:worker_threads';

/** Any number of ports: what is posted to one of them arrives at all the others. */
export class Switchboard {
  readonly #ends: MessagePort[] = [];

  port(): MessagePort {
    const { port1: port, port2: end } = new MessageChannel();
    end.on('message', (data) => {
      for (const other of this.#ends) if (other !== end) other.postMessage(data);
    });
    this.#ends.push(end);
    return port;
  }

  close(): void {
    for (const end of this.#ends) end.close();
  }
}
