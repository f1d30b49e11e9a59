/** What a process of the measurement is started with: the members that live in it. */
export interface WorkerSettings {
  readonly url: string;
  readonly eids: readonly string[];
  /** How many topics each member bridges. */
  readonly topics: number;
  readonly heartbeatMs: number;
  /** Of the whole group. */
  readonly members: number;
}

/** What the measurement asks of a process; each is answered once. */
export type Request =
  /** Have a connection for each member. */
  | 'connect'
  /** Bridge all members, and wait until they are ready. */
  | 'join'
  /** Wait until every member sees all others. */
  | 'meet'
  /** Publish on the first and the last topic, and wait until what all others publish there has arrived. */
  | 'cross'
  /** How much processor time was used since this was last asked, and how much memory is in use. */
  | 'usage';

/** What a process has used, all its members together. */
export interface Usage {
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

export type Answer = { readonly usage: Usage } | { readonly error: string };
