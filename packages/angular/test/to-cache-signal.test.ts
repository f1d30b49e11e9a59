import { Component, computed, inject, InjectionToken, Injector, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { toCacheSignal } from '../src/index.js';
import { Channel, createChannels, type Channels } from './support/calls.js';
import { textOf } from './support/text-of.js';
import { watchersOf } from './support/watchers-of.js';

const CHANNELS = new InjectionToken<Channels>('channels', { factory: createChannels });

@Component({ template: '{{ state() }}' })
class Row {
  readonly id = signal<string | undefined>('1');
  readonly channel = toCacheSignal(inject(CHANNELS).cache, Channel, this.id);
  readonly state = computed(() => this.channel()?.data.state ?? 'none');
}

describe('with a signal of ids', () => {
  it('C3: has the snapshot at the first read, and each later one when publish returns; the view follows', async () => {
    const channels = TestBed.inject(CHANNELS);
    channels.put('1', 'Ring');
    const fixture = TestBed.createComponent(Row);
    const { channel } = fixture.componentInstance;
    expect(channel()?.data.state).toBe('Ring');
    expect(await textOf(fixture)).toBe('Ring');
    channels.put('1', 'Up');
    expect(channel()?.data.state).toBe('Up');
    expect(await textOf(fixture)).toBe('Up');
    channels.remove('1');
    expect(channel()).toBeUndefined();
    expect(await textOf(fixture)).toBe('none');
  });

  it('C5: follows the id at once, shows nothing of the old one any more, and watches one entry', async () => {
    const channels = TestBed.inject(CHANNELS);
    const watchers = watchersOf(channels.cache);
    channels.put('1', 'Ring');
    channels.put('2', 'Busy');
    const fixture = TestBed.createComponent(Row);
    const { id, channel } = fixture.componentInstance;
    expect(await textOf(fixture)).toBe('Ring');
    id.set('2');
    expect(channel()?.data).toEqual({ id: '2', state: 'Busy' });
    channels.put('1', 'Up');
    channels.put('2', 'Up');
    expect(channel()?.data).toEqual({ id: '2', state: 'Up' });
    expect(await textOf(fixture)).toBe('Up');
    expect([watchers('1'), watchers('2')]).toEqual([0, 1]);
    id.set('3');
    expect(await textOf(fixture)).toBe('none');
    id.set(undefined);
    expect(channel()).toBeUndefined();
    expect(watchers('3')).toBe(0);
    id.set('1');
    expect(await textOf(fixture)).toBe('Up');
  });

  it('C5: is told of changes that come between the change of the id and the next change detection', () => {
    const channels = TestBed.inject(CHANNELS);
    const { id, channel } = TestBed.createComponent(Row).componentInstance;
    id.set('2');
    expect(channel()).toBeUndefined();
    channels.put('2', 'Ring');
    expect(channel()?.data.state).toBe('Ring');
  });

  it('S4: watches nothing and keeps its value when the component is destroyed', async () => {
    const channels = TestBed.inject(CHANNELS);
    const watchers = watchersOf(channels.cache);
    channels.put('1', 'Ring');
    channels.put('2', 'Busy');
    const fixture = TestBed.createComponent(Row);
    const { id, channel } = fixture.componentInstance;
    await fixture.whenStable();
    fixture.destroy();
    channels.put('1', 'Up');
    expect(channel()?.data.state).toBe('Ring');
    id.set('2');
    expect(channel()?.data.state).toBe('Busy');
    channels.put('2', 'Up');
    expect(channel()?.data.state).toBe('Busy');
    expect([watchers('1'), watchers('2')]).toEqual([0, 0]);
  });

  it('S4: watches nothing for a component that nobody has read from, or that is gone', () => {
    const channels = TestBed.inject(CHANNELS);
    const watchers = watchersOf(channels.cache);
    channels.put('1', 'Ring');
    const fixture = TestBed.createComponent(Row);
    const { injector } = fixture.componentRef;
    fixture.destroy();
    const late = toCacheSignal(channels.cache, Channel, '1', { injector });
    expect(late()?.data.state).toBe('Ring');
    expect(watchers('1')).toBe(0);
  });
});

describe('with a function of ids that throws', () => {
  it('C5: throws at the read, and follows the id as soon as there is one', async () => {
    const channels = TestBed.inject(CHANNELS);
    const watchers = watchersOf(channels.cache);
    for (const id of ['1', '2']) channels.put(id, `state of ${id}`);
    const call = signal<{ channel: string } | undefined>({ channel: '1' });
    const id = (): string => (call() as { channel: string }).channel;
    const channel = toCacheSignal(channels.cache, Channel, id, { injector: TestBed.inject(Injector) });
    expect(channel()?.data.state).toBe('state of 1');
    call.set(undefined);
    expect(channel).toThrow(TypeError);
    channels.put('1', 'Up');
    expect(channel).toThrow(TypeError);
    call.set({ channel: '1' });
    expect(channel()?.data.state).toBe('Up');
    call.set(undefined);
    expect(channel).toThrow(TypeError);
    call.set({ channel: '2' });
    expect(channel()?.data.state).toBe('state of 2');
    channels.put('2', 'Busy');
    expect(channel()?.data.state).toBe('Busy');
    expect([watchers('1'), watchers('2')]).toEqual([0, 1]);
  });
});

describe('with an id', () => {
  it.each(['', '0', 0])('C1: takes %p for an id', (id) => {
    const { cache } = TestBed.inject(CHANNELS);
    const get = jest.spyOn(cache, 'watch');
    toCacheSignal(cache, Channel, id, { injector: TestBed.inject(Injector) })();
    expect(get).toHaveBeenCalledWith(Channel, id);
  });

  it('C3: has the snapshot at once', () => {
    const channels = TestBed.inject(CHANNELS);
    channels.put('1', 'Ring');
    const channel = toCacheSignal(channels.cache, Channel, '1', { injector: TestBed.inject(Injector) });
    expect(channel()?.data.state).toBe('Ring');
    channels.put('1', 'Up');
    expect(channel()?.data.state).toBe('Up');
  });

  it('does not ask for the id before the first read, so that it may be a required input', () => {
    const id = jest.fn(() => '1');
    const { cache } = TestBed.inject(CHANNELS);
    const channel = toCacheSignal(cache, Channel, id, { injector: TestBed.inject(Injector) });
    expect(id).not.toHaveBeenCalled();
    channel();
    expect(id).toHaveBeenCalledTimes(1);
  });
});

describe('a mistake', () => {
  it('in an argument is told at the call', () => {
    const injector = TestBed.inject(Injector);
    const { cache } = TestBed.inject(CHANNELS);
    expect(() => toCacheSignal({} as never, Channel, '1', { injector })).toThrow(
      '[angular] toCacheSignal(): expected a cache, as createCache makes them, got Object (object).',
    );
    expect(() => toCacheSignal(cache, 'channel' as never, '1', { injector })).toThrow('expected a message type');
  });

  it('in the place of the call is told', () => {
    const { cache } = TestBed.inject(CHANNELS);
    expect(() => toCacheSignal(cache, Channel, '1')).toThrow(
      '[angular] toCacheSignal(): expected an injection context',
    );
    const inComputed = computed(() => toCacheSignal(cache, Channel, '1', { injector: TestBed.inject(Injector) }));
    expect(inComputed).toThrow('toCacheSignal() cannot be called from within a reactive context');
  });
});
