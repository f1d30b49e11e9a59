import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Command, LaneProgress, NodeReport, NodeSettings } from './protocol.js';

const DEADLINE_MS = 90_000;

type AnswerOf<Type extends Answer['type']> = Extract<Answer, { readonly type: Type }>;

/** One process of the run, from outside. */
export class NodeProcess {
  readonly eid: string;
  readonly life: number;
  readonly ready: Promise<unknown>;
  /** Resolves when it has ended. */
  readonly gone: Promise<unknown>;
  /** How far it is, as it last said. */
  progress: readonly LaneProgress[] = [];
  isAlive = true;
  readonly #child: ChildProcess;
  readonly #waiters: { readonly type: Answer['type']; readonly resolve: (answer: Answer) => void }[] = [];

  constructor(program: string, settings: NodeSettings, violation: (text: string) => void) {
    this.eid = settings.eid;
    this.life = settings.life;
    // Not the options of this process: it would compile what is compiled.
    const options: ForkOptions = { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] };
    this.#child = fork(program, [JSON.stringify(settings)], options);
    this.#child.on('message', (answer: Answer) => {
      if (answer.type === 'violation') violation(`${this.name}: ${answer.text}`);
      if (answer.type === 'progress' || answer.type === 'published') this.progress = answer.lanes;
      const index = this.#waiters.findIndex(({ type }) => type === answer.type);
      if (index >= 0) this.#waiters.splice(index, 1)[0]?.resolve(answer);
    });
    this.gone = once(this.#child, 'exit').then(([code]) => {
      if (this.isAlive && code !== 0) violation(`${this.name} ended with ${String(code)}`);
      this.isAlive = false;
    });
    this.ready = this.ask('ready');
    this.ready.catch(() => undefined); // whoever waits for it is told
  }

  get name(): string {
    return `${this.eid} life ${this.life}`;
  }

  tell(command: Command): void {
    this.#child.send(command);
  }

  /** Waits for an answer; the command that leads to it is sent first. */
  async ask<Type extends Answer['type']>(type: Type, command?: Command): Promise<AnswerOf<Type>> {
    const answered = new Promise<Answer>((resolve) => this.#waiters.push({ type, resolve }));
    if (command !== undefined) this.tell(command);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${this.name}: no "${type}" in ${DEADLINE_MS} ms`)), DEADLINE_MS);
      timer.unref(); // nobody may wait any more
    });
    try {
      return (await Promise.race([answered, late])) as AnswerOf<Type>;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Everything that it has to say; how far it is, is known then too. */
  async report(): Promise<NodeReport> {
    const { report } = await this.ask('report', { type: 'report' });
    this.progress = report.lanes;
    return report;
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** SIGKILL: whatever it was doing. */
  async kill(): Promise<void> {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.#child.kill('SIGKILL');
    await this.gone;
  }
}
