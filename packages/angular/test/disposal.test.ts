import { Component, createComponent, EnvironmentInjector, inject, InjectionToken, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { createCache, createCachingTopic, type Cache } from '@stasis-rx/core';
import {
  BUS,
  injectTopic,
  provideBus,
  subscribeUntilDestroyed,
  toCacheEntriesSignal,
  toCacheSignal,
  toLatestSignal,
} from '../src/index.js';
import { CallAnswered, Channel } from './support/calls.js';
import { watchersOf } from './support/watchers-of.js';

const CACHE = new InjectionToken<Cache>('cache');
let handled = 0;

@Component({ template: '{{ answered()?.data?.agent }} {{ channel()?.data?.state }} {{ channels().length }}' })
class Everything {
  readonly calls = injectTopic('calls');
  readonly id = signal('1');
  readonly answered = toLatestSignal(this.calls, CallAnswered);
  readonly channel = toCacheSignal(inject(CACHE), Channel, this.id);
  readonly channels = toCacheEntriesSignal(inject(CACHE), Channel);
  readonly subscription = subscribeUntilDestroyed(this.calls, () => handled++, { accept: [CallAnswered] });
}

it('S4: leaves nothing behind of a thousand components that came and went', async () => {
  const cache = createCache({ id: (message) => (Channel.is(message) ? message.data.id : undefined) });
  TestBed.configureTestingModule({ providers: [provideBus(), { provide: CACHE, useValue: cache }] });
  const bus = TestBed.inject(BUS);
  const [calls, channels] = [bus.topic('calls'), bus.topic('channels')];
  createCachingTopic(channels, cache);
  const watchers = watchersOf(cache);
  const before = bus.statistics();
  const environmentInjector = TestBed.inject(EnvironmentInjector);
  const watched = new Set<number>();
  for (let round = 0; round < 1000; round++) {
    const component = createComponent(Everything, { environmentInjector });
    component.changeDetectorRef.detectChanges();
    watched.add(watchers());
    calls.publish(CallAnswered({ agent: 'ann' }));
    component.destroy();
  }
  expect([...watched]).toEqual([2]);
  await bus.settled();
  const after = bus.statistics();
  expect(handled).toBe(1000);
  expect(after.subscriptions).toEqual([]);
  expect(after.topics.map(({ name, subscribers }) => [name, subscribers])).toEqual(
    before.topics.map(({ name, subscribers }) => [name, subscribers]),
  );
  expect(calls.observed).toBe(false);
  expect(watchers()).toBe(0);
}, 30_000);
