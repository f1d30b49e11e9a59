// A bus that is held from the start: from when it is made until Angular has rendered.
import {
  ApplicationRef,
  Component,
  computed,
  createComponent,
  createEnvironmentInjector,
  EnvironmentInjector,
  NgZone,
  provideAppInitializer,
  signal,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { createBus, createCache, createCachingTopic, subscribe } from '@stasis-rx/core';
import { BUS, injectBus, injectTopic, provideBus, subscribeUntilDestroyed } from '../src/index.js';
import { toCacheEntriesSignal, toLatestSignal } from '../src/index.js';
import { CallAnswered, Channel } from './support/calls.js';
import { textOf } from './support/text-of.js';

/** Comes with the update of the view above it, and publishes then. */
@Component({ selector: 'app-last', template: '' })
class Last {
  readonly calls = injectTopic('calls');
  readonly handled: string[] = [];

  constructor() {
    this.calls.publish(CallAnswered({ agent: 'by the last' }));
    subscribeUntilDestroyed(this.calls, ({ data }) => this.handled.push(data.agent), { accept: [CallAnswered] });
    lasts.push(this);
  }
}

const lasts: Last[] = [];

@Component({
  template: '@if (isShown()) {<app-last />}{{ agents().join() }}, {{ latest()?.data?.agent }}',
  imports: [Last],
})
class First {
  readonly calls = injectTopic('calls');
  readonly isShown = signal(true);
  readonly agents = signal<readonly string[]>([]);
  readonly latest = toLatestSignal(this.calls, CallAnswered);

  constructor() {
    this.calls.publish(CallAnswered({ agent: 'by the first' }));
    const add = (agent: string): void => this.agents.update((agents) => [...agents, agent]);
    subscribeUntilDestroyed(this.calls, ({ data }) => add(data.agent), { accept: [CallAnswered] });
  }
}

beforeEach(() => {
  lasts.splice(0);
  jest.spyOn(performance, 'now').mockReturnValue(0); // mailboxes are drained at one stretch, however busy the machine is
});

afterEach(() => {
  jest.restoreAllMocks();
});

it('H1: delivers to every component of the first rendering what was published until it was over', async () => {
  TestBed.configureTestingModule({ providers: [provideBus({ held: true })] });
  TestBed.inject(BUS)
    .topic('calls')
    .publish(CallAnswered({ agent: 'early' }));
  const fixture = TestBed.createComponent(First);
  expect(TestBed.inject(BUS).isHeld).toBe(true);
  await fixture.whenStable();

  expect(TestBed.inject(BUS).isHeld).toBe(false);
  expect(await textOf(fixture)).toBe('early,by the first,by the last, by the last');
  expect(lasts.map(({ handled }) => handled)).toEqual([['early', 'by the first', 'by the last']]);
});

it('T2: delivers to those who have subscribed, when it was not held', async () => {
  TestBed.configureTestingModule({ providers: [provideBus()] });
  TestBed.inject(BUS)
    .topic('calls')
    .publish(CallAnswered({ agent: 'early' }));
  const fixture = TestBed.createComponent(First);

  expect(await textOf(fixture)).toBe('by the last, by the last');
  expect(lasts.map(({ handled }) => handled)).toEqual([[]]);
});

it('H1: waits for what initialises the application, however often Angular renders meanwhile', async () => {
  let initialise: () => void = () => undefined;
  const initialised = new Promise<void>((resolve) => (initialise = resolve));
  const start = (): Promise<void> => {
    injectTopic('calls').publish(CallAnswered({ agent: 'first of all' }));
    return initialised;
  };
  TestBed.configureTestingModule({ providers: [provideBus({ held: true }), provideAppInitializer(start)] });
  const [bus, application] = [TestBed.inject(BUS), TestBed.inject(ApplicationRef)];
  application.tick();
  await Promise.resolve();
  expect(bus.isHeld).toBe(true);
  initialise();
  const fixture = TestBed.createComponent(First);

  expect(await textOf(fixture)).toBe('first of all,by the first,by the last, by the last');
});

it('H1: is released once: a hold that is made later is yours', async () => {
  TestBed.configureTestingModule({ providers: [provideBus({ held: true })] });
  const bus = TestBed.inject(BUS);
  const fixture = TestBed.createComponent(First);
  await fixture.whenStable();
  bus.hold();
  fixture.componentInstance.isShown.set(false);
  await fixture.whenStable();

  expect(bus.isHeld).toBe(true);
});

it('H1: is not released when it was not held from the start', async () => {
  TestBed.configureTestingModule({ providers: [provideBus(), provideAppInitializer(() => injectBus().hold())] });
  await TestBed.createComponent(First).whenStable();

  expect(TestBed.inject(BUS).isHeld).toBe(true);
});

it('H1: leaves a bus as it is that was made elsewhere', async () => {
  TestBed.configureTestingModule({ providers: [{ provide: BUS, useValue: createBus({ held: true }) }] });
  await TestBed.createComponent(First).whenStable();

  expect(TestBed.inject(BUS).isHeld).toBe(true);
});

it('H1: is closed with what it keeps, and quietly, when the application ends before it is initialised', async () => {
  TestBed.configureTestingModule({
    providers: [provideBus({ held: true }), provideAppInitializer(() => gone.promise)],
  });
  const bus = TestBed.inject(BUS);
  const agents: string[] = [];
  bus.topic('calls').subscribe(({ data }) => agents.push((data as { agent: string }).agent));
  bus.topic('calls').publish(CallAnswered({ agent: 'ann' }));
  TestBed.resetTestingModule();
  gone.resolve();
  await gone.promise;

  expect([agents, bus.isHeld, bus.topics()]).toEqual([['ann'], false, []]);
});

const gone = (() => {
  let resolve: () => void = () => undefined;
  return { promise: new Promise<void>((done) => (resolve = done)), resolve: () => resolve() };
})();

describe('of a route', () => {
  async function enterRoute() {
    TestBed.configureTestingModule({});
    const application = TestBed.inject(ApplicationRef);
    await application.whenStable();
    const route = createEnvironmentInjector([provideBus({ held: true })], TestBed.inject(EnvironmentInjector));
    return { application, route, bus: route.get(BUS) };
  }

  it('H1: is released when the application has rendered once more', async () => {
    const { application, bus } = await enterRoute();
    expect(bus.isHeld).toBe(true);
    await application.whenStable();

    expect(bus.isHeld).toBe(false);
  });

  it('H1: keeps the application from being stable until what was kept is shown', async () => {
    @Component({ template: '{{ agent() }}' })
    class Handles {
      readonly agent = signal('');
      readonly subscription = subscribeUntilDestroyed(injectTopic('calls'), ({ data }) => this.agent.set(data.agent), {
        accept: [CallAnswered],
      });
    }
    const { application, route, bus } = await enterRoute();
    bus.topic('calls').publish(CallAnswered({ agent: 'early' }));
    const component = createComponent(Handles, { environmentInjector: route });
    application.attachView(component.hostView);
    await application.whenStable();

    expect((component.location.nativeElement as HTMLElement).textContent).toBe('early');
  });

  it('H1: delivers what it keeps when the route is left before, and holds up nothing', async () => {
    const { application, route, bus } = await enterRoute();
    const [calls, agents] = [bus.topic('calls'), [] as string[]];
    subscribe(calls, ({ data }) => agents.push(data.agent), { accept: [CallAnswered] });
    calls.publish(CallAnswered({ agent: 'ann' }));
    route.destroy();
    await Promise.all([bus.settled(), application.whenStable()]);

    expect([agents, bus.isHeld, bus.topics()]).toEqual([['ann'], false, []]);
  });
});

it('H1: may be made while a computed is read, which does not depend on it', async () => {
  TestBed.configureTestingModule({ providers: [provideBus({ held: true })] });
  const injector = TestBed.inject(EnvironmentInjector);
  const name = computed(() => injector.get(BUS).name);
  expect(name()).toBe('bus');
  await TestBed.inject(ApplicationRef).whenStable();

  expect(TestBed.inject(BUS).isHeld).toBe(false);
});

it('C3: fills caches when it is released, so that signals show what was kept', async () => {
  @Component({ template: '{{ states() }}' })
  class Channels {
    readonly topic = injectTopic('channels');
    readonly cache = createCache({ id: (message) => (Channel.is(message) ? message.data.id : undefined) });
    readonly cached = createCachingTopic(this.topic, this.cache);
    readonly channels = toCacheEntriesSignal(this.cache, Channel);
    readonly states = computed(() =>
      this.channels()
        .map(({ data }) => data.state)
        .join(),
    );

    constructor() {
      for (const id of ['1', '2']) this.topic.publish(Channel({ id, state: `Up ${id}` }));
    }
  }
  TestBed.configureTestingModule({ providers: [provideBus({ held: true })] });
  const fixture = TestBed.createComponent(Channels);
  expect(fixture.componentInstance.states()).toBe('');

  expect(await textOf(fixture)).toBe('Up 1,Up 2');
});

it.each([
  ['inside', true],
  ['outside', false],
] as const)("S9: is released %s of Angular's zone, as it is told", async (zone, isInside) => {
  TestBed.configureTestingModule({ providers: [provideBus({ held: true, zone })] });
  const zones: boolean[] = [];
  const calls = TestBed.inject(BUS).topic('calls');
  calls.subscribe(() => zones.push(NgZone.isInAngularZone()));
  calls.publish(CallAnswered({ agent: 'ann' }));
  await TestBed.inject(ApplicationRef).whenStable();

  expect(zones).toEqual([isInside && inZone()]);
});

/** Whether there are zones at all. */
function inZone(): boolean {
  return TestBed.inject(NgZone).run(() => NgZone.isInAngularZone());
}
