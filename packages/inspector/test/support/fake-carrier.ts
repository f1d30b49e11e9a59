import type { Report, Request } from '../../src/index.js';
import type { Carrier, CarrierListener } from '../../src/session/carrier.js';

type Told<Is extends Report['is']> = Extract<Report, { is: Is }>;

/** One end of a carrier, in which the test is the client. */
export class FakeCarrier implements Carrier {
  bufferedBytes = 0;
  readonly texts: string[] = [];
  closedBecause: string | undefined;
  #listener: CarrierListener | undefined;

  send(text: string): void {
    this.texts.push(text);
  }

  close(reason: string): void {
    this.closedBecause = reason;
  }

  listen(listener: CarrierListener): void {
    this.#listener = listener;
  }

  get reports(): Report[] {
    return this.texts.map((text) => JSON.parse(text) as Report);
  }

  of<Is extends Report['is']>(is: Is): Told<Is>[] {
    return this.reports.filter((report): report is Told<Is> => report.is === is);
  }

  last<Is extends Report['is']>(is: Is): Told<Is> {
    return this.of(is).at(-1)!;
  }

  /** All records, in the order in which they came. */
  get records() {
    return this.reports.flatMap((report) => ('records' in report ? report.records : []));
  }

  ask(request: Request): void {
    this.#listener?.received(JSON.stringify(request));
  }

  receive(text: unknown): void {
    this.#listener?.received(text);
  }

  leave(): void {
    this.#listener?.closed();
  }
}
