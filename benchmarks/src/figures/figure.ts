import type { TrialPace } from '../harness/time-ratio.js';

/** Something that is measured by itself, in a process of its own. */
export interface Figure {
  /** For `--only`. */
  readonly name: string;
  /** Options of Node that it needs. */
  readonly nodeOptions: readonly string[];
  /**
   * Measures, and gives each value a name.
   *
   * @param pace of what is timed against something else
   */
  measure(pace: TrialPace): Promise<Readonly<Record<string, number>>>;
}
