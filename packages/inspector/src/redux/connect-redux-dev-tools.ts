import { StasisError, type Bus } from '@stasis-rx/core';
import { assertBus, assertOption } from '../ground/assert.js';
import { systemClock, type Clock } from '../ground/clock.js';
import { limitsOf, type InspectorLimits } from '../ground/limits.js';
import { Redactor, type Redact } from '../recording/redactor.js';
import { Tape } from '../recording/tape.js';
import { View } from '../recording/view.js';
import { Mirror } from './mirror.js';
import { reduxDevTools, type ReduxDevTools } from './redux-dev-tools.js';

/** How a bus is shown in the Redux DevTools. */
export interface ReduxDevToolsOptions {
  /** How it is called there. Default: the bus's name. */
  readonly name?: string | undefined;
  /** What of a message is shown. Default: all of its data. */
  readonly redact?: Redact | undefined;
  /** How much is kept until it is told, and how deep data are shown; `batchRecords` is 100 and `batchMs` is 500 by default. */
  readonly limits?: InspectorLimits | undefined;
  /** The extension. Default: the one of the browser. */
  readonly devTools?: ReduxDevTools | undefined;
  /** Clock and timers. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

/** What ends it. */
export interface ConnectedReduxDevTools {
  /** Tells nothing more. Doing it twice does nothing. */
  disconnect(): void;
  /** Same as `disconnect`. */
  [Symbol.dispose](): void;
}

/** The extension becomes slow with more. */
const SLOWLY = { records: 10_000, batchRecords: 100, batchMs: 500 };

const MAX_AGE = 200;

/** It is looked at, and changes nothing. */
const FEATURES = { export: true, pause: false, lock: false, persist: false, import: false, jump: false, skip: false };
const READ_ONLY = { ...FEATURES, reorder: false, dispatch: false, test: false };

/**
 * Shows a bus in the Redux DevTools extension: each publish is an action, `topic/type`, and the caches are the state. It is
 * told in batches; what is more than a batch takes is left out, which is an action too. What one does there changes nothing.
 *
 * @throws InvalidArgumentError when an argument or option cannot work
 * @throws StasisError with code `NO_DEVTOOLS` when there is no such extension
 * @example
 * const connected = connectReduxDevTools(bus);
 */
export function connectReduxDevTools(bus: Bus, options: ReduxDevToolsOptions = {}): ConnectedReduxDevTools {
  const call = '[inspector] connectReduxDevTools()';
  assertBus(call, bus);
  assertOption(call, 'redact', options.redact, 'function');
  const limits = limitsOf(call, { ...SLOWLY, ...options.limits });
  const { devTools = reduxDevTools(), name = bus.name, clock = systemClock } = options;
  if (devTools === undefined) {
    throw new StasisError(
      'NO_DEVTOOLS',
      `${call}: the Redux DevTools extension is not there. Install it, or use openInspector().`,
    );
  }
  const connection = devTools.connect({ name, maxAge: MAX_AGE, features: READ_ONLY });
  const tape = new Tape(bus, limits);
  const view = new View(new Redactor(bus, options.redact), limits);
  const mirror = new Mirror(tape, view, connection, limits.batchRecords);
  tape.start();
  const stopTimer = every(clock, limits.batchMs, () => mirror.tell());
  const disconnect = (): void => {
    stopTimer();
    tape.stop();
    connection.unsubscribe?.();
  };
  return { disconnect, [Symbol.dispose]: disconnect };
}

function every(clock: Clock, ms: number, work: () => void): () => void {
  let stop: () => void;
  const next = (): void => {
    stop = clock.after(ms, () => {
      next();
      work();
    });
  };
  next();
  return () => stop();
}
