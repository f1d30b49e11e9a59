import { Component, computed, inject, InjectionToken, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { toCacheEntriesSignal } from '../src/index.js';
import { CallEnded, Channel, createChannels, type Channels } from './support/calls.js';
import { textOf } from './support/text-of.js';

const CHANNELS = new InjectionToken<Channels>('channels', { factory: createChannels });

@Component({
  template: '@for (channel of channels(); track channel.data.id) {{{ channel.data.id }}={{ channel.data.state }} }',
})
class List {
  readonly channels = toCacheEntriesSignal(inject(CHANNELS).cache, Channel);
}

it('C5: has all snapshots of its type, and each change when publish returns; the view follows', async () => {
  const channels = TestBed.inject(CHANNELS);
  channels.put('1', 'Ring');
  const fixture = TestBed.createComponent(List);
  const { channels: entries } = fixture.componentInstance;
  expect(await textOf(fixture)).toBe('1=Ring');
  channels.put('2', 'Busy');
  channels.put('1', 'Up');
  channels.channels.publish(CallEnded({ agent: 'ann', seconds: 1 }) as never);
  expect(entries().map(({ data }) => `${data.id}=${data.state}`)).toEqual(['1=Up', '2=Busy']);
  expect(await textOf(fixture)).toBe('1=Up 2=Busy');
  channels.remove('1');
  expect(await textOf(fixture)).toBe('2=Busy');
});

it('C5: shows what is published between the creation of a component and its first change detection', async () => {
  const channels = TestBed.inject(CHANNELS);
  const fixture = TestBed.createComponent(List);
  channels.put('1', 'Ring');
  expect(await textOf(fixture)).toBe('1=Ring');
});

it('C5: looks through the cache when it is read after a change, and not at each change', () => {
  const channels = TestBed.inject(CHANNELS);
  const dump = jest.spyOn(channels.cache, 'dump');
  const { channels: entries } = TestBed.createComponent(List).componentInstance;
  for (let count = 0; count < 1000; count++) channels.put('1', String(count));
  const before = dump.mock.calls.length;
  expect(entries()).toBe(entries());
  expect(dump.mock.calls.length).toBeLessThanOrEqual(before + 1);
  expect(entries()[0]?.data.state).toBe('999');
});

it('S4: follows nothing and keeps its value when the component is destroyed', async () => {
  const channels = TestBed.inject(CHANNELS);
  channels.put('1', 'Ring');
  const fixture = TestBed.createComponent(List);
  const { channels: entries } = fixture.componentInstance;
  await fixture.whenStable();
  fixture.destroy();
  channels.put('1', 'Up');
  expect(entries().map(({ data }) => data.state)).toEqual(['Ring']);
});

describe('a mistake', () => {
  it('in an argument is told at the call', () => {
    const injector = TestBed.inject(Injector);
    const { cache } = TestBed.inject(CHANNELS);
    expect(() => toCacheEntriesSignal({} as never, Channel, { injector })).toThrow(
      '[angular] toCacheEntriesSignal(): expected a cache, as createCache makes them, got Object (object).',
    );
    expect(() => toCacheEntriesSignal(cache, 'channel' as never, { injector })).toThrow('expected a message type');
  });

  it('in the place of the call is told', () => {
    const { cache } = TestBed.inject(CHANNELS);
    expect(() => toCacheEntriesSignal(cache, Channel)).toThrow(
      '[angular] toCacheEntriesSignal(): expected an injection context',
    );
    const inComputed = computed(() => toCacheEntriesSignal(cache, Channel, { injector: TestBed.inject(Injector) }));
    expect(inComputed).toThrow('toCacheEntriesSignal() cannot be called from within a reactive context');
  });
});
