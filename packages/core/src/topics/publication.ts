import type { Origin } from './origin.js';

/** Stands beside a message in a mailbox where contexts are kept: from which topic it comes, and in which context it was published. */
export class Publication implements Origin {
  readonly topic: Origin;
  readonly captured: unknown;

  constructor(topic: Origin, captured: unknown) {
    this.topic = topic;
    this.captured = captured;
  }

  get name(): string {
    return this.topic.name;
  }
}
