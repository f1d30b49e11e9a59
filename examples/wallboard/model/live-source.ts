import { connectAri, type AriConnection, type AriConnectionState, type AsteriskTopics } from '@stasis-rx/asterisk';
import { InvalidArgumentError } from '@stasis-rx/core';
import type { SourcePhase, SourceReport } from './source-state.js';

/** Follows a live Asterisk. */
export interface LiveSource {
  readonly kind: 'live';
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
  onChange(report: SourceReport): void;
}

export function createLiveSource({ asterisk, url, app, apiKey, onChange }: LiveSourceOptions): LiveSource {
  let connection: AriConnection | undefined;
  const enter = (phase: SourcePhase, problem: string | null = null) =>
    onChange({ kind: 'live', name: url, phase, problem, speed: 1, isFullSpeed: false });
  const close = () => connection?.close();

  const login = (as: string, key: string) => {
    close();
    try {
      connection = connectAri(asterisk, { url, app: as, apiKey: key });
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      enter('login', error.message);
      return;
    }
    connection.state$.subscribe((state) => enter(...phaseOf(state)));
  };

  enter('login');
  if (app !== undefined && apiKey !== undefined) login(app, apiKey);
  return { kind: 'live', login, close };
}

function phaseOf(connection: AriConnectionState): [phase: SourcePhase, problem?: string] {
  switch (connection.state) {
    case 'connecting':
      return ['connecting'];
    case 'open':
      return ['live'];
    case 'waiting':
      return ['waiting', `${sentence(connection.error)} Trying again in ${seconds(connection.delayMs)}.`];
    case 'failed':
      return ['failed', sentence(connection.error)];
    case 'closed':
      return ['login'];
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
