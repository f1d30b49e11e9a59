import type { Entry } from '../harness/contender.js';

/** What is measured together, in one process. */
export interface Scenario {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  /** What is counted. */
  readonly unit: string;
  /** Makes the contenders, ours first. */
  contenders(): Entry[] | Promise<Entry[]>;
}
