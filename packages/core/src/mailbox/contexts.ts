import { StasisError } from '../errors/errors.js';
import type { Around } from './around-drains.js';

/** A kind of asynchronous context that handlers run in, for those who bring their own: zones, OpenTelemetry. */
export interface HandlerContext<Captured = unknown> {
  /** Called once for each publish that feeds a mailbox, on the publisher's stack. Returns the context there. */
  capture(): Captured;
  /** Called with each message's turn: calls `handle`, once and before it returns, in the context that was captured. */
  run(captured: Captured, handle: () => unknown): unknown;
}

/** Carries the context of a publish to the handlers of its message. Neither function throws, but for what `handle` throws. */
export interface Contexts {
  capture(): unknown;
  run(captured: unknown, handle: () => unknown): unknown;
}

/** A context that was captured: of Node, or of platforms to come. */
interface Snapshot {
  readonly runInAsyncScope: (run: () => unknown) => unknown;
}

interface Platform {
  readonly process?: {
    getBuiltinModule?(name: string): { readonly AsyncResource?: new (type: string) => Snapshot } | undefined;
  };
  readonly AsyncContext?: { readonly Snapshot: new () => { run(run: () => unknown): unknown } };
}

/** The contexts of the platform; `undefined` where it has none. Nothing is imported for that: browsers would trip over it. */
export function platformContexts(): Contexts | undefined {
  const { process, AsyncContext } = globalThis as unknown as Platform;
  // A resource costs a tenth of what Node's own snapshots do.
  const { AsyncResource } = process?.getBuiltinModule?.('node:async_hooks') ?? {};
  if (AsyncResource !== undefined) {
    return {
      capture: () => new AsyncResource('stasis-rx'),
      run: (captured, handle) => (captured as Snapshot).runInAsyncScope(handle),
    };
  }
  if (AsyncContext === undefined) return undefined;
  return {
    capture: () => new AsyncContext.Snapshot(),
    run: (captured, handle) => (captured as InstanceType<typeof AsyncContext.Snapshot>).run(handle),
  };
}

/** Has all drains run in the context of now, inside which `around` does what it does. */
export function aroundFromHere(around: Around): Around {
  const contexts = platformContexts();
  if (contexts === undefined) return around;
  const here = contexts.capture();
  return (drain) => {
    contexts.run(here, () => {
      around(drain);
    });
  };
}

/** What carries contexts, under this option of a bus; nothing where handlers run in the bus's own. */
export function contextsOf(
  context: 'bus' | 'publisher' | HandlerContext,
  report: (error: StasisError) => void,
): Contexts | undefined {
  if (context === 'bus') return undefined;
  return context === 'publisher' ? platformContexts() : userContexts(context, report);
}

/**
 * Those of a user, made safe: a message whose context cannot be captured, or run in, is handled all the same.
 *
 * @param report takes what the functions throw
 */
function userContexts(context: HandlerContext, report: (error: StasisError) => void): Contexts {
  const fail = (cause: unknown): void => {
    report(new StasisError('CONTEXT', '[core] the context of handlers failed.', { cause }));
  };
  return {
    capture() {
      try {
        return { context: context.capture() };
      } catch (cause) {
        fail(cause);
        return undefined;
      }
    },
    run(captured, handle) {
      const call = oneCall(handle);
      try {
        if (captured !== undefined) context.run((captured as { readonly context: unknown }).context, call.make);
      } catch (cause) {
        fail(cause);
      }
      return call.result();
    },
  };
}

/** One call of a handler, however often it is asked for; what it throws is kept for whoever asks for the result. */
function oneCall(handle: () => unknown): { readonly make: () => unknown; readonly result: () => unknown } {
  let hasBegun = false;
  let result: unknown;
  let failure: { readonly error: unknown } | undefined;
  const make = (): unknown => {
    if (hasBegun) return result;
    hasBegun = true;
    try {
      result = handle();
    } catch (error) {
      failure = { error };
    }
    return result;
  };
  return {
    make,
    result() {
      make();
      if (failure !== undefined) throw failure.error;
      return result;
    },
  };
}
