/** A topic, as those know it who are handed its messages: where a message was first published (S2). */
export interface Origin {
  readonly name: string;
}
