// Where Angular reads signals it forbids to write them. Who publishes there finds every signal up to date all the same.
import {
  Component,
  computed,
  effect,
  ErrorHandler,
  inject,
  InjectionToken,
  Injector,
  linkedSignal,
  NgZone,
  resource,
  signal,
  untracked,
  type Signal,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { createBus, subscribe, type Dispatcher, type Message, type Subscription, type Topic } from '@stasis-rx/core';
import { config } from 'rxjs';
import { injectTopic, provideBus, subscribeUntilDestroyed, type ProvideBusOptions } from '../src/index.js';
import { toCacheEntriesSignal, toCacheSignal, toLatestSignal } from '../src/index.js';
import { CallAnswered, Channel, createChannels } from './support/calls.js';
import { textOf } from './support/text-of.js';

const CHANNELS = new InjectionToken('channels', { factory: createChannels });

/** The three signals, each behind a `computed` of its own, of the channel that there is. */
class States {
  readonly channels = inject(CHANNELS);
  readonly #one = toCacheSignal(this.channels.cache, Channel, '1');
  readonly #all = toCacheEntriesSignal(this.channels.cache, Channel);
  readonly #latest = toLatestSignal(this.channels.channels, Channel);
  readonly one = computed(() => this.#one()?.data.state);
  readonly all = computed(() => this.#all()[0]?.data.state);
  readonly latest = computed(() => this.#latest()?.data.state);

  /** What they have, not by way of what was computed from them. */
  read(): unknown[] {
    return [this.#one()?.data.state, this.#all()[0]?.data.state, this.#latest()?.data.state];
  }

  /** What was computed from them. */
  readComputed(): unknown[] {
    return [this.one(), this.all(), this.latest()];
  }
}

const make = (): States => TestBed.runInInjectionContext(() => new States());
const three = (state: unknown): unknown[] => [state, state, state];
const nextTask = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));

let unhandled: unknown[] = [];

beforeEach(() => {
  unhandled = [];
  config.onUnhandledError = (error) => unhandled.push(error);
});

afterEach(async () => {
  await nextTask();
  config.onUnhandledError = null;
  expect(unhandled).toEqual([]);
});

describe('publishing in a computed', () => {
  it.each(['read', 'readComputed'] as const)('C3: leaves no signal behind the cache: %s', (read) => {
    const states = make();
    const publishing = computed(() => {
      const before = states[read]();
      states.channels.put('1', 'Up');
      return [before, states[read]()];
    });
    expect(publishing()).toEqual([three(undefined), three('Up')]);
    expect(states[read]()).toEqual(three('Up'));
  });

  it('C3: leaves none behind that nobody has read before', () => {
    const states = make();
    computed(() => states.channels.put('1', 'Up'))();
    expect(states.read()).toEqual(three('Up'));
  });

  it('C3: leaves none behind each time that it runs', () => {
    const states = make();
    const state = signal('Ring');
    const publishing = computed(() => {
      states.channels.put('1', state());
      return states.read();
    });
    for (const next of ['Ring', 'Up', 'Busy']) {
      state.set(next);
      expect([publishing(), states.read()]).toEqual([three(next), three(next)]);
    }
  });

  it('C4: leaves none behind when it removes', () => {
    const states = make();
    states.channels.put('1', 'Up');
    expect(states.read()).toEqual(three('Up'));
    computed(() => {
      states.channels.remove('1');
    })();
    expect(states.read()).toEqual([undefined, undefined, 'Up']);
  });

  it('C5: has the snapshot of an id whose own function publishes it', () => {
    const { channels } = make();
    const injector = TestBed.inject(Injector);
    const publishingId = (): string => (channels.put('2', 'Up'), '2');
    const channel = toCacheSignal(channels.cache, Channel, publishingId, { injector });
    expect(channel()?.data.state).toBe('Up');
    channels.put('2', 'Busy');
    expect(channel()?.data.state).toBe('Busy');
  });

  it('leaves alone who reads none of it', () => {
    const states = make();
    let runs = 0;
    const publishing = computed(() => {
      states.channels.put('1', String(++runs));
    });
    publishing();
    states.channels.put('1', 'Up');
    publishing();
    expect(runs).toBe(1);
  });
});

const signals = '{{ one() }} {{ all() }} {{ latest() }}';

describe('publishing while a view is rendered', () => {
  it.each([
    ['before the signals are read', '{{ publishing() }} ' + signals, 'done Up Up Up'],
    ['after they are read', signals + ' {{ publishing() }}', 'Up Up Up done'],
    ['in a linkedSignal', signals + ' {{ linked() }}', 'Up Up Up done'],
    ['by the template itself, which reads nothing of it', '{{ put() }}', 'done'],
  ])('C3: the view shows what is published %s', async (_, template, text) => {
    @Component({ template })
    class View extends States {
      readonly publishing = computed(() => this.put());
      readonly linked = linkedSignal({ source: this.publishing, computation: (source) => source });
      put(): string {
        this.channels.put('1', 'Up');
        return 'done';
      }
    }
    const fixture = TestBed.createComponent(View);
    expect(await textOf(fixture)).toBe(text);
    expect(fixture.componentInstance.read()).toEqual(three('Up'));
    fixture.componentInstance.channels.put('1', 'Busy');
    expect(await textOf(fixture)).toBe(text.replaceAll('Up', 'Busy'));
  });

  it('C3: the view shows what the computed of a child publishes that comes later', async () => {
    @Component({ selector: 'app-child', template: '{{ publishing() }}' })
    class Child extends States {
      readonly publishing = computed(() => {
        this.channels.put('1', 'Up');
        return this.one();
      });
    }
    @Component({
      imports: [Child],
      template: `${signals}
        @if (isShown()) {
          <app-child />
        }`,
    })
    class Parent extends States {
      readonly isShown = signal(false);
    }
    const fixture = TestBed.createComponent(Parent);
    expect(await textOf(fixture)).toBe('');
    fixture.componentInstance.isShown.set(true);
    expect(await textOf(fixture)).toBe('Up Up Up Up');
  });

  it.each(['one', 'all', 'latest'] as const)(
    'C3: the view shows what was computed from what is missing, and then published: %s',
    async (name) => {
      @Component({ template: '{{ direct().length }} {{ state() }} {{ again() }}' })
      class View extends States {
        readonly direct = computed(() => this.read());
        readonly again = this[name];
        readonly state = computed(() => {
          const state = this[name]();
          if (state === undefined) this.channels.put('1', 'Up');
          return state ?? 'none';
        });
      }
      const fixture = TestBed.createComponent(View);
      fixture.detectChanges();
      expect(fixture.componentInstance.read()).toEqual(three('Up'));
      await nextTask();
      expect(await textOf(fixture)).toBe('3 Up Up');
    },
  );

  it('C3: no signal is behind that a computed has read and then changed, as soon as the view is rendered', () => {
    @Component({ template: '{{ state() }}' })
    class View extends States {
      readonly state = computed(() => {
        const [before] = this.read();
        if (before === undefined) this.channels.put('1', 'Up');
        return before;
      });
    }
    const fixture = TestBed.createComponent(View);
    fixture.detectChanges();
    expect(fixture.componentInstance.read()).toEqual(three('Up'));
  });

  it('C3: a computed that depends on what it publishes ends, with all signals up to date', async () => {
    let runs = 0;
    @Component({ template: `{{ circle() }} ${signals}` })
    class View extends States {
      readonly circle = computed(() => {
        this.readComputed();
        this.channels.put('1', String(++runs));
        return '';
      });
    }
    const fixture = TestBed.createComponent(View);
    await textOf(fixture);
    await nextTask();
    const before = runs;
    for (let task = 0; task < 10; task++) await nextTask();
    expect(await textOf(fixture)).toBe(three(runs).join(' '));
    expect(runs).toBe(before);
    expect(runs).toBeLessThan(5);
  });
});

it('a template that shows what it publishes itself, anew each time, is ended by Angular', async () => {
  let runs = 0;
  @Component({ template: '{{ all().length }} {{ put() }}' })
  class View {
    readonly channels = inject(CHANNELS);
    readonly all = toCacheEntriesSignal(this.channels.cache, Channel);
    put(): string {
      this.channels.put('1', String(++runs));
      return '';
    }
  }
  const errorHandler = { handleError: (error: unknown) => unhandled.push(error) };
  TestBed.configureTestingModule({
    providers: [{ provide: ErrorHandler, useValue: errorHandler }],
    rethrowApplicationErrors: false,
  });
  try {
    TestBed.createComponent(View).autoDetectChanges();
  } catch (error) {
    unhandled.push(error);
  }
  await nextTask();
  const before = runs;
  for (let task = 0; task < 10; task++) await nextTask();
  expect(runs).toBe(before);
  const errors = unhandled.splice(0).map(String);
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) expect(error).toContain('NG0103');
});

describe('publishing in an effect', () => {
  it('C3: leaves no signal behind the cache, and the effect alone', () => {
    const states = make();
    const seen: unknown[] = [];
    const publishing = (): void => {
      states.channels.put('1', 'Up');
      seen.push(untracked(() => states.read()));
    };
    TestBed.runInInjectionContext(() => effect(publishing));
    TestBed.tick();
    states.channels.put('1', 'Busy');
    TestBed.tick();
    expect(seen).toEqual([three('Up')]);
    expect(states.read()).toEqual(three('Busy'));
  });
});

/** Publishes once, within a computed or an effect, and counts how often that runs. */
const publishers: readonly [where: string, run: (publish: () => void) => () => void][] = [
  [
    'a computed',
    (publish) => {
      const publishing = computed(publish);
      return () => {
        publishing();
      };
    },
  ],
  [
    'an effect',
    (publish) => {
      TestBed.runInInjectionContext(() => effect(publish));
      return () => {
        TestBed.inject(NgZone).run(() => TestBed.tick()); // as an application does it
      };
    },
  ],
];

type Use = (what: string) => void;

/** Calls the drain at once, on the stack of whoever publishes. */
const dispatcherOf =
  (use: Use): Dispatcher =>
  (drain) => {
    use('dispatcher');
    drain();
  };

describe.each(publishers)('%s that publishes', (_where, run) => {
  /** Has it publish, changes what others have read meanwhile, and tells how often it ran, and what was written. */
  function runsOf(
    optionsOfBus: (use: Use) => ProvideBusOptions,
    subscribeTo: (topic: Topic<Message<{ agent: string }>>, handler: () => void, use: Use) => Subscription,
  ) {
    const [read, written] = [signal(0), signal('')];
    const use: Use = (what) => {
      read();
      written.update((before) => `${before} ${what}`);
    };
    const handler = (): never => {
      use('handler');
      throw new Error('broken');
    };
    TestBed.configureTestingModule({ providers: [provideBus(optionsOfBus(use))] });
    const topic = injectTopic<Message<{ agent: string }>>('calls', { injector: TestBed.inject(Injector) });
    const subscription = subscribeTo(topic, handler, use);
    let runs = 0;
    const again = run(() => {
      runs++;
      topic.publish(CallAnswered({ agent: 'ann' }));
      subscription.unsubscribe();
    });
    again();
    read.set(1);
    again();
    return [runs, written().trim()];
  }

  it.each(['queued', 'synchronous'] as const)(
    'T6: does not depend on what a subscription reads, and lets it write: %s',
    (delivery) => {
      const runs = runsOf(
        () => ({}),
        (topic, handler, use) =>
          subscribeUntilDestroyed(topic, handler, {
            accept: [CallAnswered],
            delivery,
            dispatcher: dispatcherOf(use),
            onError: () => use('onError'),
            onFinal: () => use('onFinal'),
            injector: TestBed.inject(Injector),
          }),
      );
      const expected = {
        queued: 'dispatcher handler onError dispatcher onFinal',
        synchronous: 'handler onError onFinal',
      };
      expect(runs).toEqual([1, expected[delivery]]);
    },
  );

  it('S9: does not depend on what the bus and its queued handlers read, and lets them write', () => {
    const runs = runsOf(
      (use) => ({ dispatcher: dispatcherOf(use), onError: () => use('onError') }),
      (topic, handler) => subscribe(topic, handler, { accept: [CallAnswered] }),
    );
    expect(runs).toEqual([1, 'dispatcher handler onError dispatcher']);
  });

  it("T6: does not depend on what Angular's ErrorHandler reads, and lets it write", () => {
    const written = signal(0);
    const handleError = (): void => written.update((count) => count + 1);
    TestBed.configureTestingModule({ providers: [{ provide: ErrorHandler, useValue: { handleError } }] });
    const runs = runsOf(
      () => ({}),
      (topic, handler) =>
        subscribeUntilDestroyed(topic, handler, {
          accept: [CallAnswered],
          delivery: 'synchronous',
          injector: TestBed.inject(Injector),
        }),
    );
    expect([runs[0], written()]).toEqual([1, 1]);
  });
});

describe('a signal that is made while signals are read', () => {
  const makers: Record<string, (injector: Injector) => Signal<unknown>> = {
    toCacheSignal: (injector) => toCacheSignal(injector.get(CHANNELS).cache, Channel, '1', { injector }),
    toCacheEntriesSignal: (injector) => toCacheEntriesSignal(injector.get(CHANNELS).cache, Channel, { injector }),
    toLatestSignal: (injector) => toLatestSignal(injector.get(CHANNELS).channels, Channel, { injector }),
  };

  it.each(Object.keys(makers))('is refused: %s', async (name) => {
    const injector = TestBed.inject(Injector);
    const errors: string[] = [];
    const attempt = (): void => {
      try {
        makers[name]!(injector);
      } catch (error) {
        errors.push(String(error));
      }
    };
    computed(attempt)();
    linkedSignal(attempt)();
    TestBed.runInInjectionContext(() => {
      effect(attempt);
      resource({ params: attempt, loader: () => Promise.resolve(1) });
    });
    TestBed.tick();
    await nextTask();
    expect(errors.length).toBeGreaterThanOrEqual(4);
    for (const error of errors) {
      expect(error).toContain(`NG0602: ${name}() cannot be called from within a reactive context`);
    }
  });

  it('C3: is never behind the cache where that is made untracked, in a computed that publishes', () => {
    const injector = TestBed.inject(Injector);
    const states = make();
    const { channels } = states;
    const publishing = computed(() => {
      const own = untracked(() => Object.values(makers).map((makeOne) => makeOne(injector)));
      channels.put('1', 'Up');
      return own;
    });
    const own = publishing();
    expect(own.map((one) => [one()].flat()[0])).toEqual(three(channels.cache.get(Channel, '1')));
    expect(states.read()).toEqual(three('Up'));
    channels.put('1', 'Busy');
    expect(own.map((one) => [one()].flat()[0])).toEqual(three(channels.cache.get(Channel, '1')));
  });
});

it('T6: what a synchronous handler reads of these signals while a computed publishes is no dependency, and up to date', () => {
  const states = make();
  const bus = createBus();
  const seen: unknown[] = [];
  const topic = bus.topic('calls');
  subscribeUntilDestroyed(topic, () => void seen.push(states.read()), {
    accept: [CallAnswered],
    delivery: 'synchronous',
    injector: TestBed.inject(Injector),
  });
  let runs = 0;
  const publishing = computed(() => {
    runs++;
    states.channels.put('1', 'Up');
    topic.publish(CallAnswered({ agent: 'ann' }));
  });
  publishing();
  states.channels.put('1', 'Busy');
  publishing();
  expect([runs, seen]).toEqual([1, [three('Up')]]);
});
