import { connectAri, type AriConnection, type AriConnectionState, type AsteriskTopics } from '@stasis-rx/asterisk';
import { InvalidArgumentError } from '@stasis-rx/core';
import type { SourcePhase, SourceReport } from './source-state.js';

/** Follows a live Asterisk. */
export interface LiveSource {
  readonly kind: 'live';
  /** The application of the last login; before that, the one to propose. */
  readonly app: string;
  /** Connects with this login, which is kept nowhere but in the connection. @param apiKey `user:password` */
  login(app: string, apiKey: string): void;
  close(): void;
}

/** Which Asterisk, and who is told. */
export interface LiveSourceOptions {
  readonly asterisk: AsteriskTopics;
  /** Where Asterisk's HTTP server is: `ws://pbx:8088`. */
  readonly url: string;
  /** Connects at once, when both are given. */
  readonly app?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly onChange: (report: SourceReport) => void;
}

export function createLiveSource(options: LiveSourceOptions): LiveSource {
  const source = new FollowingSource(options);
  const { app, apiKey } = options;
  if (app !== undefined && apiKey !== undefined) source.login(app, apiKey);
  else source.enter('login');
  return source;
}

class FollowingSource implements LiveSource {
  readonly kind = 'live';
  readonly #options: LiveSourceOptions;
  #app: string;
  #connection: AriConnection | undefined;
  /** Whether this login has ever been taken. Browsers do not tell a refused login from an Asterisk that is away. */
  #hasConnected = false;
  #lastError: Error | undefined;
  #isOpen = false;

  constructor(options: LiveSourceOptions) {
    this.#options = options;
    this.#app = options.app ?? 'wallboard';
  }

  get app(): string {
    return this.#app;
  }

  login(app: string, apiKey: string): void {
    const { asterisk, url } = this.#options;
    this.close();
    this.#app = app;
    this.#hasConnected = false;
    this.#lastError = undefined;
    try {
      this.#connection = connectAri(asterisk, { url, app, apiKey });
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      this.enter('login', sentence(error));
      return;
    }
    this.#connection.state$.subscribe((state) => this.#follow(state));
  }

  /** Without a list of what Asterisk has, the board may miss calls, or show some that are over: that is said. */
  async #tellWhatIsMissing(connection: AriConnection | undefined): Promise<void> {
    try {
      await connection?.reconcile();
    } catch (error) {
      if (this.#isOpen && connection === this.#connection) this.enter('live', sentence(error as Error));
    }
  }

  close(): void {
    this.#connection?.close();
  }

  enter(phase: SourcePhase, problem: string | null = null): void {
    const asksLogin = phase === 'login' || (phase !== 'connecting' && !this.#hasConnected);
    const { url: name, onChange } = this.#options;
    onChange({ kind: 'live', name, phase, problem, asksLogin, speed: 1, isFullSpeed: false });
  }

  #follow(connection: AriConnectionState): void {
    this.#isOpen = connection.state === 'open';
    switch (connection.state) {
      case 'connecting':
        // What is wrong stays in sight until it is right again.
        if (this.#lastError === undefined) this.enter('connecting');
        else this.enter('waiting', `${sentence(this.#lastError)} Trying again.`);
        break;
      case 'open':
        this.#hasConnected = true;
        this.#lastError = undefined;
        this.enter('live');
        // What the state belongs to is known once connectAri has returned.
        queueMicrotask(() => void this.#tellWhatIsMissing(this.#connection));
        break;
      case 'waiting':
        this.#lastError = connection.error;
        this.enter('waiting', `${sentence(connection.error)} Trying again in ${seconds(connection.delayMs)}.`);
        break;
      case 'failed':
        this.enter('failed', sentence(connection.error));
        break;
      case 'closed':
        this.enter('login');
        break;
    }
  }
}

/** Errors name the call first: that is for programmers. */
function sentence({ message }: Error): string {
  const [, text = message] = /^\[\w+\] \w+\(\): (.*)$/s.exec(message) ?? [];
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function seconds(ms: number): string {
  return `${Math.max(1, Math.round(ms / 1000))} s`;
}
