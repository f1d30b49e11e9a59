/** What reports come over, and requests go. */
export interface Carrier {
  send(text: string): void;
  close(): void;
}

/** What a carrier tells. */
export interface CarrierEvents {
  opened(carrier: Carrier): void;
  received(text: string): void;
  /** @param reason in words, where there are any */
  closed(reason: string): void;
}
