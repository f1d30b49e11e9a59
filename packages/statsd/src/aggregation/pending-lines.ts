import type { LineEnd } from '../metrics/metric-kinds.js';
import type { LinePart } from '../metrics/metric-names.js';
import type { Change } from './changes.js';

/** A line that waits. */
export interface Line {
  readonly type: string;
  readonly head: LinePart;
  readonly end: LineEnd;
  /** The value, unless the change says it. */
  readonly text: string;
  /** What the line does to a number. With neither text nor change, there is nothing to be said any more. */
  change: Change | undefined;
}

/** Lines by what they speak of, in the order in which they came. */
export class PendingLines {
  /** By the end of the line, then by the beginning: both are strings that mostly exist, and so need not be put together. */
  readonly #lines = new Map<string, Map<string, Line>>();
  readonly #inOrder: Line[] = [];

  get size(): number {
    return this.#inOrder.length;
  }

  get inOrder(): readonly Line[] {
    return this.#inOrder;
  }

  get(series: string, key: string): Line | undefined {
    return this.#lines.get(series)?.get(key);
  }

  add(series: string, key: string, line: Line): void {
    const lines = this.#lines.get(series);
    if (lines === undefined) this.#lines.set(series, new Map([[key, line]]));
    else lines.set(key, line);
    this.#inOrder.push(line);
  }
}
