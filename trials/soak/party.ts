/** Subscriptions that share one signal, in the order in which they came: when it aborts, they leave in that order. */
export class Party<Member> {
  readonly controller: AbortController = new AbortController();
  readonly members = new Set<Member>();
}
