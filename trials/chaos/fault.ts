import type { Cluster } from './cluster.js';

/** Something that goes wrong while messages are on their way, and is over when the promise resolves. */
export interface Fault {
  readonly name: string;
  /** Whether a member may be taken for lost because of it. */
  readonly mayLose: boolean;
  /** Whether messages may be gone because of it. Those who miss them must be told, and how many they are. */
  readonly mayMiss: boolean;
  /**
   * @param published resolves when everything that is published meanwhile is confirmed
   * @returns a remark for those who watch, if any
   */
  readonly strike: (cluster: Cluster, published: Promise<unknown>) => Promise<string | undefined>;
}
