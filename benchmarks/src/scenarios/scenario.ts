import type { Entry } from '../harness/contender.js';

/** What is measured together, in one process. */
export interface Scenario {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  /** What the title leaves out. */
  readonly detail: string;
  /** What is counted: deliveries, updates, lines. */
  readonly unit: string;
  /** Makes the contenders. The first one's rate is divided by that of each other. */
  contenders(): Entry[] | Promise<Entry[]>;
}
