import { concatMap, Subject, type Observable } from 'rxjs';

/** What a pipeline drains. */
export interface Drainable {
  /** Handles what is queued; completes when nothing is waited for any more. Never throws, never emits. */
  drain(): Observable<never>;
}

/** Takes wake-ups: each drains its mailbox once, after the drains before. */
export type DrainPipeline = Subject<Drainable>;

/** So many are kept for the next mailboxes; a pipeline is as large as all the rest of a subscription. */
const MOST_IDLE = 64;

/** The pipelines wake-ups → `concatMap(drain)` of a bus: lent to mailboxes while they have something to do. */
export class DrainPipelines {
  readonly #idle: DrainPipeline[] = [];

  take(): DrainPipeline {
    return this.#idle.pop() ?? newPipeline();
  }

  /** Its last drain need not have ended yet: what the next mailbox wakes, waits for that. */
  giveBack(pipeline: DrainPipeline): void {
    if (this.#idle.length < MOST_IDLE) this.#idle.push(pipeline);
  }
}

function newPipeline(): DrainPipeline {
  const wakeUps = new Subject<Drainable>();
  wakeUps.pipe(concatMap((mailbox) => mailbox.drain())).subscribe();
  return wakeUps;
}
