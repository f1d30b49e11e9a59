import { fork, type ChildProcess } from 'node:child_process';
import type { Answer, Request, Usage, WorkerSettings } from './protocol.js';

/** A process with members in it, from outside. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<never>;

  constructor(program: string, settings: WorkerSettings) {
    // Not the options of this process: it would compile what is compiled.
    this.#child = fork(program, [JSON.stringify(settings)], { execArgv: [] });
    this.#ended = new Promise((_, reject) => {
      this.#child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)));
    });
    this.#ended.catch(() => undefined); // whoever asks it something is told
  }

  /** Asks one thing at a time. */
  async ask(request: Request): Promise<Usage> {
    const answered = new Promise<Answer>((resolve) => this.#child.once('message', resolve));
    this.#child.send(request);
    const answer = await Promise.race([answered, this.#ended]);
    if ('error' in answer) throw new Error(answer.error);
    return answer.usage;
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}
