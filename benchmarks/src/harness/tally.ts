/**
 * What a subscription has seen: how many messages, and in which order. Every contender counts with it, ours and the
 * peers alike.
 *
 * The checksum rotates and xors within 30 bits. A sum would outgrow a small integer, become a boxed double, and then
 * allocate in each handler; one that only xors would not notice an exchange.
 */
export class Tally {
  count = 0;
  checksum = 0;

  /** @param number the message's, a whole number below 2 ** 30 */
  add(number: number): void {
    this.count++;
    this.checksum = (((this.checksum << 1) | (this.checksum >>> 29)) & 0x3fffffff) ^ number;
  }

  equals(other: Tally): boolean {
    return this.count === other.count && this.checksum === other.checksum;
  }
}
