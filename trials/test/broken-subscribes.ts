import { subscribe, type Handler, type SubscribeOptions, type Subscription } from '@stasis-rx/core';
import type { Subscribe } from '../soak/world.js';

/** A `subscribe` that breaks a promise, made anew for each run. */
export interface Broken {
  /** What is wrong with it. */
  readonly what: string;
  /** What a soak must say of it first. */
  readonly found: RegExp;
  readonly make: () => Subscribe;
}

/** One for each kind of thing that can go wrong. */
export const brokenSubscribes: readonly Broken[] = [
  {
    what: 'a message that gets lost',
    found: /^(T3|F4): .* (was due|never got)/,
    make: () => {
      let count = 0;
      return withHandler(
        (handler) =>
          (...given) =>
            ++count % 100 === 0 ? undefined : handler(...given),
      );
    },
  },
  {
    what: 'a message that comes twice',
    found: /^(T3|F4): .* got (message|Subscribe)/,
    make: () => withHandler((handler) => (...given) => [handler(...given), handler(...given)]),
  },
  {
    what: 'messages that change places',
    found: /^T3: .* got (message|Subscribe)/,
    make: () => withHandler(swapping),
  },
  {
    what: 'a message that comes while another one is handled',
    found: /^S1: .* while it was handling/,
    make: () =>
      withHandler(
        (handler) =>
          (...given) =>
            void Promise.resolve(handler(...given)).catch(() => undefined),
      ),
  },
  {
    what: 'a wrong origin',
    found: /^S2: .* was told that it came from/,
    make: () => withHandler((handler) => (message, _, self) => handler(message, self.topic, self)),
  },
  {
    what: 'a filter that lets everything through',
    found: /^(T3|F4): .* got/,
    make: () => withOptions(() => ({ accept: undefined })),
  },
  {
    what: 'a failure that nobody is told',
    found: /^T6: .* failed, and nobody was told/,
    make: () =>
      withHandler((handler) => (...given) => {
        try {
          return handler(...given);
        } catch {
          return undefined;
        }
      }),
  },
  {
    what: 'a failure that is told twice',
    found: /^T6: a failure was reported/,
    make: () => withOptions(({ onError }) => ({ onError: onError && twice(onError) })),
  },
  {
    what: 'failures that the bus is told instead of the subscription',
    found: /^T6: a failure .* to the wrong hook/,
    make: () => withOptions(() => ({ onError: undefined })),
  },
  {
    what: 'a signal that is not heard',
    found: /^(T3|F4|S4|S6|Z1): /,
    make: () => withOptions(() => ({ signal: undefined })),
  },
  {
    what: 'a final message that does not come',
    found: /^S6: join\(\) of .* too early/,
    make: () => withOptions(() => ({ onFinal: undefined })),
  },
  {
    what: 'a second final message',
    found: /^S4: .* got a second final message/,
    make: () => withOptions(({ onFinal }) => ({ onFinal: onFinal && twice(onFinal) })),
  },
  {
    what: 'a message after the final one',
    found: /^S4: .* after its final message/,
    make: () => (topic, handler, options) => {
      let last: Parameters<Handler> | undefined;
      const onFinal: SubscribeOptions['onFinal'] = (final) => {
        options.onFinal?.(final);
        if (last !== undefined) handler(...last);
      };
      return subscribe(topic, (...given: Parameters<Handler>) => handler(...(last = given)), { ...options, onFinal });
    },
  },
  {
    what: 'a publishSync that does not wait',
    found: /^T5: publishSync\(\) .* too early/,
    make: () =>
      withResult(({ topic }) => ({
        publishSync: (message) => {
          topic.publish(message);
          return Promise.resolve();
        },
      })),
  },
  {
    what: 'a join that never resolves',
    found: /^(T5, )?S6: \d+ promises of join\(\)/,
    make: () => withResult(() => ({ join: () => new Promise(() => undefined) })),
  },
  {
    what: 'a subscription that does not leave',
    found: /^(T3|F4|S4|S6|Z1): /,
    make: () => withResult(() => ({ unsubscribe: () => undefined })),
  },
];

/** Subscribes, and changes what comes of it. */
export function withResult(change: (subscription: Subscription) => Partial<Subscription>): Subscribe {
  return (topic, handler, options) => {
    const subscription = subscribe(topic, handler, options);
    return Object.assign(subscription, change(subscription));
  };
}

function withHandler(change: (handler: Handler) => Handler): Subscribe {
  return (topic, handler, options) => subscribe(topic, change(handler), options);
}

function withOptions(change: (options: SubscribeOptions) => SubscribeOptions): Subscribe {
  return (topic, handler, options) => subscribe(topic, handler, { ...options, ...change(options) });
}

/** Gives every second message before the first. */
function swapping(handler: Handler): Handler {
  let held: Parameters<Handler> | undefined;
  return (...given) => {
    const first = held;
    held = first === undefined ? given : undefined;
    return first && [handler(...given), handler(...first)];
  };
}

function twice<Argument>(hook: (argument: Argument) => unknown): (argument: Argument) => unknown {
  return (argument) => [hook(argument), hook(argument)];
}
