/** A mailbox has crossed one of its water marks. */
export interface Congestion {
  /** `high`: risen above high water. `clear`: fallen to low water. */
  readonly state: 'high' | 'clear';
  /** Messages that waited at that moment. */
  readonly depth: number;
}
