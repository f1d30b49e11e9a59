/** Does one thing: at once, or promises to. Never throws or rejects. */
export type Job = () => Promise<void> | undefined;

/** Does one job after the other. While none has to wait, a job is done when it is given. */
export class JobQueue {
  readonly #jobs: { readonly job: Job; readonly done: () => void }[] = [];
  #isBusy = false;

  /** How many wait, or are being done. */
  get depth(): number {
    return this.#jobs.length + (this.#isBusy ? 1 : 0);
  }

  /** Returns nothing when the job is done, else a promise of that. */
  do(job: Job): Promise<void> | undefined {
    if (this.#isBusy) return new Promise((done) => this.#jobs.push({ job, done }));
    const promise = job();
    if (promise === undefined) return undefined;
    this.#isBusy = true;
    return promise.then(this.#next);
  }

  /** Resolves when nothing is left to do. */
  idle(): Promise<void> {
    return this.do(() => undefined) ?? Promise.resolve();
  }

  readonly #next = (): void => void this.#drain();

  async #drain(): Promise<void> {
    for (let next = this.#jobs.shift(); next !== undefined; next = this.#jobs.shift()) {
      const promise = next.job();
      if (promise !== undefined) await promise;
      next.done();
    }
    this.#isBusy = false;
  }
}
