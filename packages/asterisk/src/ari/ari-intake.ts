import type { SchedulerLike } from 'rxjs';
import type { AriLink } from './ari-socket.js';
import { TimeSlice } from '../ground/time-slice.js';

/** What is to be done, one after the other. */
type Item = { readonly frame: unknown } | { readonly job: () => Promise<void> };

export interface AriIntakeOptions {
  /** Publishes what a frame holds. @returns what to wait for before the next one, if anything */
  readonly publish: (frame: unknown) => Promise<unknown> | undefined;
  /** How many frames may wait, at least 1. */
  readonly maxWaiting: number;
  readonly scheduler: SchedulerLike;
  /** Told of the first frame that is dropped. */
  readonly onDropped: () => void;
  /** Told when all that waited has been published, and nothing is dropped any more. */
  readonly onCaughtUp: () => void;
  /** Told of what `publish` or a job fails with; nothing is published after it. */
  readonly onError: (error: unknown) => void;
}

/**
 * Frames on their way from the connection to the topics, in the order of arrival: at once while nothing is in the way, else
 * as soon as the mailboxes have room for more, or the job before them is done.
 *
 * What waits is bounded (A5). At the bound the connection is paused, so that Asterisk keeps what is to come; where it cannot
 * be, the frames that come are dropped until those that wait have been published.
 */
export class AriIntake {
  readonly #options: AriIntakeOptions;
  readonly #slice: TimeSlice;
  /** First in, first out; those before `#next` are done. */
  #waiting: Item[] = [];
  #next = 0;
  #isBusy = false;
  #isDropping = false;
  #isStopped = false;
  #link: AriLink | undefined;

  constructor(options: AriIntakeOptions) {
    this.#options = options;
    this.#slice = new TimeSlice(options.scheduler);
  }

  /** @param link what frames come through from now on; `undefined` while there is no connection */
  follow(link: AriLink | undefined): void {
    this.#link = link;
  }

  take(frame: unknown): void {
    if (this.#isStopped || this.#isDropping) return;
    if (this.#waitingCount >= this.#options.maxWaiting && !this.#pause()) {
      this.#isDropping = true;
      this.#options.onDropped();
      return;
    }
    this.#offer({ frame });
  }

  /** Does something between what came before and what comes after. */
  run(job: () => Promise<void>): void {
    if (!this.#isStopped) this.#offer({ job });
  }

  /** The frames that wait, in their order. */
  *waiting(): Iterable<unknown> {
    for (let index = this.#next; index < this.#waiting.length; index++) {
      const item = this.#waiting[index];
      if (item !== undefined && 'frame' in item) yield item.frame;
    }
  }

  /** Publishes what waits, at once, and takes nothing any more. Jobs that wait are left out. */
  finish(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    const frames = [...this.waiting()];
    this.#waiting = [];
    this.#next = 0;
    for (const frame of frames) void this.#options.publish(frame);
  }

  get #waitingCount(): number {
    return this.#waiting.length - this.#next;
  }

  #pause(): boolean {
    if (this.#link?.canPause !== true) return false;
    this.#link.pause();
    return true;
  }

  #offer(item: Item): void {
    this.#waiting.push(item);
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#slice.renew();
    this.#work();
  }

  #work(): void {
    try {
      for (let item = this.#shift(); item !== undefined; item = this.#shift()) {
        // What a listing finds makes up for what was dropped before it.
        if ('job' in item) this.#isDropping = false;
        const wait = ('frame' in item ? this.#options.publish(item.frame) : item.job()) ?? this.#slice.over();
        if (wait === undefined) continue;
        wait.then(
          () => this.#goOn(),
          (error: unknown) => this.#options.onError(error),
        );
        return;
      }
    } catch (error) {
      this.#options.onError(error);
      return;
    }
    this.#isBusy = false;
    if (!this.#isDropping) return;
    this.#isDropping = false;
    this.#options.onCaughtUp();
  }

  #goOn(): void {
    this.#slice.renew();
    this.#work();
  }

  #shift(): Item | undefined {
    const item = this.#waiting[this.#next];
    if (item === undefined) return undefined;
    this.#next++;
    if (this.#next * 2 >= this.#waiting.length) this.#forgetDone();
    if (this.#waitingCount * 2 <= this.#options.maxWaiting) this.#link?.resume();
    return item;
  }

  /** Costs as much as what remains, and comes after as many were done. */
  #forgetDone(): void {
    this.#waiting = this.#waiting.slice(this.#next);
    this.#next = 0;
  }
}
