/** An ARI event, and when it came. */
export interface RecordedEvent {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** As parsed from the JSON that Asterisk sent. */
  readonly event: unknown;
}

/** Whether a value has both parts; the event itself is looked at when it is published. */
export function isRecordedEvent(value: unknown): value is RecordedEvent {
  return typeof value === 'object' && value !== null && 'event' in value && 'at' in value && Number.isFinite(value.at);
}
