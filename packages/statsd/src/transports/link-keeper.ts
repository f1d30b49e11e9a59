import { startTimer } from '../ground/start-timer.js';
import { BackOff } from './back-off.js';
import type { Link, OpenLink } from './link.js';

/** How a link is kept. */
export interface LinkKeeperOptions {
  readonly openLink: OpenLink;
  /** How long opening may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Whom the link is kept for. */
export interface LinkOwner {
  /** Whether a lost link is to be opened again. */
  readonly wantsLink: boolean;
  onUp(): void;
  onDrain(): void;
  /**
   * The link is gone, or could not be had.
   *
   * @param wasUp whether there was one
   * @param isUnsent whether what was under way can be sent again
   */
  onDown(error: unknown, wasUp: boolean, isUnsent: boolean): void;
}

/** A link that has lived this long was a good one: after it, the first wait is a short one again. */
const goodLinkMs = 1000;

/** Opens a link when it is wanted, and after its loss the next one, waiting between attempts while they fail. */
export class LinkKeeper {
  readonly #options: LinkKeeperOptions;
  readonly #owner: LinkOwner;
  readonly #backOff = new BackOff();
  #state: 'idle' | 'opening' | 'up' | 'waiting' | 'closing' = 'idle';
  #link: Link | undefined;
  #upSince = 0;
  /** While opening: until it has taken too long. While waiting: until the next attempt. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LinkKeeperOptions, owner: LinkOwner) {
    this.#options = options;
    this.#owner = owner;
  }

  /** The link, while it is up. */
  get link(): Link | undefined {
    return this.#state === 'up' ? this.#link : undefined;
  }

  /** Whether the last attempt failed and the next one is not due yet. */
  get isWaiting(): boolean {
    return this.#state === 'waiting';
  }

  /** Opens a link, unless there is one or it is too early for the next attempt. */
  want(): void {
    if (this.#state === 'idle') this.#open();
  }

  /** Makes the next attempt now, if one is being waited for and the owner still wants it. */
  retry(): void {
    if (this.#state !== 'waiting') return;
    clearTimeout(this.#timer);
    this.#state = 'idle';
    if (this.#owner.wantsLink) this.#open();
  }

  /** Ends the link at once, as if it had been lost. */
  giveUp(error: unknown, isUnsent = false): void {
    const wasUp = this.#state === 'up';
    if (wasUp && Date.now() - this.#upSince >= goodLinkMs) this.#backOff.succeed();
    this.#link?.destroy();
    this.#link = undefined;
    this.#state = 'waiting';
    this.#restartTimer(this.#backOff.fail(), () => this.retry());
    this.#owner.onDown(error, wasUp, isUnsent);
  }

  /** Ends the link when everything that was written has left, at the latest after the timeout; there is none after it. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#state = 'closing';
    const link = this.#link;
    if (link === undefined) return;
    const deadline = setTimeout(() => link.destroy(), this.#options.timeoutMs);
    await new Promise<void>((resolve) => link.close(resolve));
    clearTimeout(deadline);
  }

  #open(): void {
    this.#state = 'opening';
    const { openLink, timeoutMs } = this.#options;
    this.#restartTimer(timeoutMs, () => this.giveUp(new Error(`no answer within ${timeoutMs} ms`)));
    try {
      this.#link = openLink({
        onOpen: () => this.#opened(),
        onDrain: () => this.#owner.onDrain(),
        onLost: (error, isUnsent) => this.giveUp(error, isUnsent),
      });
    } catch (error) {
      this.giveUp(error);
    }
  }

  #opened(): void {
    clearTimeout(this.#timer);
    this.#state = 'up';
    this.#upSince = Date.now();
    this.#owner.onUp();
  }

  #restartTimer(delayMs: number, callback: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = startTimer(delayMs, callback);
  }
}
