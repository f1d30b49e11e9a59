import { parseLine } from './parse-line.js';

/**
 * A StatsD server, as far as its figures depend on what it is sent: sample rates count, the order of tags does not. It
 * calculates exactly, with at most two decimals, and rates of 1/n.
 */
export class ModelServer {
  readonly #sums = new Map<string, bigint>();
  readonly #gauges = new Map<string, bigint>();
  readonly #sets = new Map<string, Set<string>>();
  readonly #values = new Map<string, string[]>();

  receive(lines: readonly string[]): void {
    for (const line of lines) this.#read(line);
  }

  /** Plain values, for comparison. */
  state(): object {
    const sets = [...this.#sets].map(([name, members]) => [name, [...members].sort()] as const);
    return {
      sums: Object.fromEntries(this.#sums),
      gauges: Object.fromEntries(this.#gauges),
      sets: Object.fromEntries(sets),
      values: Object.fromEntries(this.#values),
    };
  }

  #read(line: string): void {
    const { name, value, type, rate, tags } = parseLine(line);
    const key = [type, name, ...[...tags].sort()].join(' ');
    switch (type) {
      case 'c':
      case 'm':
        this.#sums.set(key, (this.#sums.get(key) ?? 0n) + hundredths(value) * BigInt(1 / rate));
        break;
      case 'g':
        this.#gauges.set(key, (/^[+-]/.test(value) ? (this.#gauges.get(key) ?? 0n) : 0n) + hundredths(value));
        break;
      case 's':
        this.#sets.set(key, (this.#sets.get(key) ?? new Set()).add(value));
        break;
      default:
        this.#values.set(key, [...(this.#values.get(key) ?? []), `${value}@${rate}`]);
    }
  }
}

function hundredths(value: string): bigint {
  const [, sign = '', integer = '', decimals = ''] = /^([+-]?)(\d+)(?:\.(\d{1,2}))?$/.exec(value)!;
  const amount = BigInt(integer + decimals.padEnd(2, '0'));
  return sign === '-' ? -amount : amount;
}
