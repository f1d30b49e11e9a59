import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Command, LaneProgress } from './protocol.js';

const SCRIPT = fileURLToPath(new URL('node.ts', import.meta.url));
const DEADLINE_MS = 90_000;

type AnswerOf<Type extends Answer['type']> = Extract<Answer, { readonly type: Type }>;

/** One process of the run, from outside. */
export class NodeProcess {
  readonly eid: string;
  readonly life: number;
  /** How far it is, as it last said. */
  progress: readonly LaneProgress[] = [];
  isAlive = true;
  readonly #child: ChildProcess;
  readonly #waiters: { readonly type: Answer['type']; readonly resolve: (answer: Answer) => void }[] = [];

  constructor(eid: string, life: number, url: string, heartbeatMs: number, violation: (text: string) => void) {
    this.eid = eid;
    this.life = life;
    const execArgv = ['--import', 'tsx', '--conditions=@stasis-rx/source'];
    this.#child = fork(SCRIPT, [eid, String(life), url, String(heartbeatMs)], {
      execArgv,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', (answer: Answer) => {
      if (answer.type === 'violation') violation(answer.text);
      if (answer.type === 'progress' || answer.type === 'published') this.progress = answer.lanes;
      const index = this.#waiters.findIndex(({ type }) => type === answer.type);
      if (index >= 0) this.#waiters.splice(index, 1)[0]?.resolve(answer);
    });
    this.#child.once('exit', (code) => {
      if (this.isAlive && code !== 0) violation(`${eid} life ${life} ended with ${code}`);
      this.isAlive = false;
    });
  }

  /** Waits for an answer; the command that leads to it is sent first. */
  async ask<Type extends Answer['type']>(type: Type, command?: Command): Promise<AnswerOf<Type>> {
    const answered = new Promise<Answer>((resolve) => this.#waiters.push({ type, resolve }));
    if (command !== undefined) this.#child.send(command);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`${this.eid} life ${this.life}: no "${type}" in ${DEADLINE_MS} ms`)),
        DEADLINE_MS,
      );
    });
    try {
      return (await Promise.race([answered, late])) as AnswerOf<Type>;
    } finally {
      clearTimeout(timer);
    }
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
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}
