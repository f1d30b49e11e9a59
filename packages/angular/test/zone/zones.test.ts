import { ChangeDetectionStrategy, ChangeDetectorRef, Component, inject, NgZone, type DoCheck } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { subscribe } from '@stasis-rx/core';
import { BUS, injectTopic, provideBus, subscribeUntilDestroyed, toLatestSignal } from '../../src/index.js';
import { CallAnswered, CallEnded } from '../support/calls.js';
import { textOf } from '../support/text-of.js';

/** Shows a plain field that a handler writes, and a signal; counts how often Angular looks at it. */
@Component({
  template: '{{ answered }} {{ ended()?.data?.seconds }}',
  changeDetection: ChangeDetectionStrategy.Eager, // up to Angular 21 components are, unless they say otherwise
})
class Calls implements DoCheck {
  checks = 0;
  answered = '';
  readonly zones: boolean[] = [];
  readonly topic = injectTopic('calls');
  readonly ended = toLatestSignal(this.topic, CallEnded);
  readonly subscription = subscribeUntilDestroyed(
    this.topic,
    async ({ data }) => {
      this.answered = data.agent;
      this.zones.push(NgZone.isInAngularZone());
      await Promise.resolve();
      this.zones.push(NgZone.isInAngularZone());
    },
    { accept: [CallAnswered] },
  );

  ngDoCheck(): void {
    this.checks++;
  }
}

afterEach(() => {
  jest.restoreAllMocks();
});

/** Renders the component, and waits until Angular has nothing to do. */
async function render(zone?: 'inside' | 'outside') {
  TestBed.configureTestingModule({ providers: [provideBus({ zone })] });
  const fixture = TestBed.createComponent(Calls);
  await fixture.whenStable();
  const component = fixture.componentInstance;
  component.checks = 0;
  return { fixture, component, ngZone: TestBed.inject(NgZone), bus: TestBed.inject(BUS) };
}

const publishFrom: Record<string, (zone: NgZone, publish: () => void) => void> = {
  'inside of the zone': (zone, publish) => zone.run(publish),
  'outside of the zone': (zone, publish) => zone.runOutsideAngular(publish),
};

describe.each(Object.entries(publishFrom))('messages published %s', (_, from) => {
  it("S9: are handled inside of Angular's zone, behind an await too, and the view follows", async () => {
    const { fixture, component, ngZone, bus } = await render();
    from(ngZone, () => component.topic.publish(CallAnswered({ agent: 'ann' })));
    await bus.settled();
    expect(component.zones).toEqual([true, true]);
    expect(await textOf(fixture)).toBe('ann');
  });

  it('S9: are handled outside of it, on a bus that is to do so', async () => {
    const { component, ngZone, bus } = await render('outside');
    from(ngZone, () => component.topic.publish(CallAnswered({ agent: 'ann' })));
    await bus.settled();
    expect(component.zones).toEqual([false, false]);
  });

  it('T3: show up by a signal, whatever the zone, and are checked once', async () => {
    for (const zone of ['inside', 'outside'] as const) {
      const { fixture, component, ngZone } = await render(zone);
      from(ngZone, () => {
        for (let seconds = 1; seconds <= 100; seconds++) component.topic.publish(CallEnded({ agent: 'ann', seconds }));
      });
      expect(await textOf(fixture)).toBe('100');
      expect(component.checks).toBe(1);
      TestBed.resetTestingModule();
    }
  });
});

/** Shows a plain field that a handler writes, and tells Angular. */
@Component({ template: '{{ answered }}', changeDetection: ChangeDetectionStrategy.OnPush })
class MarkedCalls {
  answered = '';
  readonly topic = injectTopic('calls');
  readonly #changeDetector = inject(ChangeDetectorRef);

  constructor() {
    const show = (agent: string): void => {
      this.answered = agent;
      this.#changeDetector.markForCheck();
    };
    subscribeUntilDestroyed(this.topic, ({ data }) => show(data.agent), { accept: [CallAnswered] });
  }
}

it.each(['inside', 'outside'] as const)(
  'S9: what a handler changes and marks is shown by a component that is checked on push: %s',
  async (zone) => {
    TestBed.configureTestingModule({ providers: [provideBus({ zone })] });
    const fixture = TestBed.createComponent(MarkedCalls);
    expect(await textOf(fixture)).toBe('');
    fixture.componentInstance.topic.publish(CallAnswered({ agent: 'ann' }));
    await TestBed.inject(BUS).settled();
    expect(await textOf(fixture)).toBe('ann');
  },
);

describe('a hundred messages for a handler that is nothing to the view', () => {
  /** Returns how often the view was checked. */
  async function checksAfterBurst(zone: 'inside' | 'outside', from: (zone: NgZone, publish: () => void) => void) {
    const { component, ngZone, bus } = await render(zone);
    jest.spyOn(performance, 'now').mockReturnValue(0); // the burst is drained at one stretch, however busy the machine is
    const log = bus.topic('log');
    let handled = 0;
    subscribe(log, () => handled++, { accept: [CallAnswered] });
    from(ngZone, () => {
      for (let count = 0; count < 100; count++) log.publish(CallAnswered({ agent: 'ann' }));
    });
    await bus.settled();
    expect(handled).toBe(100);
    return component.checks;
  }

  it("S9: lead to one check inside of Angular's zone, also of what published them", async () => {
    expect(await checksAfterBurst('inside', (zone, publish) => zone.runOutsideAngular(publish))).toBe(1);
    TestBed.resetTestingModule();
    expect(await checksAfterBurst('inside', (zone, publish) => zone.run(publish))).toBe(1);
  });

  it('S9: lead to none outside of it', async () => {
    expect(await checksAfterBurst('outside', (zone, publish) => zone.runOutsideAngular(publish))).toBe(0);
  });
});

it('T4: messages that nobody handles lead to no check', async () => {
  const { component, ngZone, bus } = await render();
  ngZone.runOutsideAngular(() => bus.topic('log').publish(CallAnswered({ agent: 'ann' })));
  await bus.settled();
  expect(component.checks).toBe(0);
});
