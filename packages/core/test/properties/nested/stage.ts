import { messageType, type MessageType } from '@stasis-rx/core';
import { config, type Unsubscribable } from 'rxjs';
import type { Action } from '../action.js';
import { channelNames, type Ground } from './ground.js';

/** As much of an observer as lines use. */
export interface Leaving {
  readonly subscription: Unsubscribable;
}

/** One line of a program, at the top or in an observer. */
export type Line = Action<NestedStage, Leaving>;

/** Types of messages that programs publish: topics treat each by itself. */
export const types = { A: messageType<number>('A'), B: messageType<number>('B') } satisfies Record<
  string,
  MessageType<number>
>;

/** Where one program runs on a ground of its own, and writes down all that happens, in order. */
export class NestedStage {
  readonly ground: Ground;
  readonly log: string[] = [];
  /** The variables of the program. */
  readonly observers = new Map<string, Leaving>();
  #messages = 0;
  #everyObserver = 0;

  constructor(ground: Ground) {
    this.ground = ground;
  }

  /** Runs the program to its end, RxJS's late reports included. Wants jest's fake timers. */
  play(lines: readonly Line[]): readonly string[] {
    const { stackTraceLimit } = Error;
    // RxJS writes the stack into its errors, and to map that to the sources takes longer than the program.
    Error.stackTraceLimit = 0;
    config.onUnhandledError = (error) => this.log.push(`reported: ${String(error)}`);
    for (const line of lines) {
      this.log.push(`> ${line.code.split('\n', 1)[0]}`);
      this.perform(line);
      this.log.push(`observed: ${channelNames.filter((name) => this.ground.channels[name].observed).join(', ')}`);
    }
    jest.runAllTimers();
    Error.stackTraceLimit = stackTraceLimit;
    return [...this.log, ...this.ground.faults];
  }

  /** Does one line; what it throws is written down. */
  perform(line: Line, self?: Leaving): void {
    try {
      line.run(this, self);
    } catch (error) {
      this.log.push(`thrown: ${(error as Error).name}`);
    }
  }

  nextMessage(): number {
    return ++this.#messages;
  }

  nextObserver(): number {
    return ++this.#everyObserver;
  }
}
