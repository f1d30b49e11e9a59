import type { Carrier, CarrierListener } from '../session/carrier.js';

/** Carries texts over one end of a MessageChannel, whose other end is in the same process: nothing waits to be sent. */
export class PortCarrier implements Carrier {
  readonly bufferedBytes: number = 0;
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  send(text: string): void {
    this.#port.postMessage(text);
  }

  close(): void {
    this.#port.close();
  }

  listen(listener: CarrierListener): void {
    this.#port.onmessage = ({ data }) => listener.received(data);
  }
}
