import { InvalidArgumentError } from '@stasis-rx/core';
import { nameOfToken, tokenOfName } from '@stasis-rx/bridge';

/**
 * The subjects of a group: `<prefix>.data.<topic>.<eid>` for frames, `<prefix>.control.<eid>` for what is announced,
 * `<prefix>.whisper.<from>.<to>` for what is said to one bus. Topic
 * and eid are one token each, so permissions can name them, and no name reaches another's subject.
 */
export class Subjects {
  readonly prefix: string;

  /** @throws InvalidArgumentError */
  constructor(call: string, prefix: string) {
    if (typeof prefix !== 'string' || !/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(prefix)) {
      const hint = "Leave it out for 'stasis'.";
      throw new InvalidArgumentError(
        call,
        'subject to be tokens of letters, digits, _ and -, with dots between',
        prefix,
        hint,
      );
    }
    this.prefix = prefix;
  }

  /** All frames: what the stream captures. */
  get allData(): string {
    return `${this.prefix}.data.>`;
  }

  /** A lane's frames, of all buses. */
  lane(lane: string): string {
    return `${this.prefix}.data.${tokenOfName(lane)}.*`;
  }

  /** The lane of a frame; of what is no such subject, a name that no lane has. */
  laneOf(subject: string): string {
    const token = subject.slice(this.prefix.length + '.data.'.length, subject.lastIndexOf('.'));
    return nameOfToken(token) ?? '';
  }

  /** A lane's frames of one bus. */
  data(lane: string, eid: string): string {
    return `${this.prefix}.data.${tokenOfName(lane)}.${tokenOfName(eid)}`;
  }

  /** What all buses announce. */
  get allControl(): string {
    return `${this.prefix}.control.*`;
  }

  /** What one bus announces. */
  control(eid: string): string {
    return `${this.prefix}.control.${tokenOfName(eid)}`;
  }

  /** What is said to one bus, by all others. */
  whispersTo(eid: string): string {
    return `${this.prefix}.whisper.*.${tokenOfName(eid)}`;
  }

  /** What one bus says to another. */
  whisper(from: string, to: string): string {
    return `${this.prefix}.whisper.${tokenOfName(from)}.${tokenOfName(to)}`;
  }

  /** The bus that has whispered. */
  whispererOf(subject: string): string {
    return this.eidOf(subject.slice(0, subject.lastIndexOf('.')));
  }

  /** The bus at whose address something was found; of what is no such address, a name that no frame can have. */
  eidOf(subject: string): string {
    return nameOfToken(subject.slice(subject.lastIndexOf('.') + 1)) ?? '';
  }
}
