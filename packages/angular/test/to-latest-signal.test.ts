import { Component, computed, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { createBus } from '@stasis-rx/core';
import { config } from 'rxjs';
import { injectTopic, provideBus, toLatestSignal } from '../src/index.js';
import { CallAnswered, CallEnded } from './support/calls.js';
import { textOf } from './support/text-of.js';

@Component({ template: '{{ agent() }}' })
class LastCall {
  readonly topic = injectTopic('calls');
  readonly answered = toLatestSignal(this.topic, CallAnswered);
  readonly agent = computed(() => this.answered()?.data.agent ?? 'nobody');
}

function render() {
  TestBed.configureTestingModule({ providers: [provideBus({ onError: () => undefined })] });
  const fixture = TestBed.createComponent(LastCall);
  const { topic, answered } = fixture.componentInstance;
  const publish = (agent: string): void => void topic.publish(CallAnswered({ agent }));
  return { fixture, topic, answered, publish };
}

afterEach(() => {
  config.onUnhandledError = null;
});

it('T3: has the last message of its type when publish returns, and the view follows', async () => {
  const { fixture, topic, answered, publish } = render();
  expect(answered()).toBeUndefined();
  expect(await textOf(fixture)).toBe('nobody');
  publish('ann');
  publish('bob');
  topic.publish(CallEnded({ agent: 'bob', seconds: 1 }));
  expect(answered()?.data.agent).toBe('bob');
  expect(await textOf(fixture)).toBe('bob');
});

it('T3: shows what is published between the creation of a component and its first change detection', async () => {
  const { fixture, publish } = render();
  publish('ann');
  expect(await textOf(fixture)).toBe('ann');
});

it('S4: keeps its value when the component is destroyed', () => {
  const { fixture, topic, answered, publish } = render();
  publish('ann');
  fixture.destroy();
  publish('bob');
  expect(answered()?.data.agent).toBe('ann');
  expect(topic.observed).toBe(false);
});

it('S4: keeps its value of a component that is destroyed before the first message', () => {
  const { fixture, answered, publish } = render();
  fixture.destroy();
  publish('ann');
  expect(answered()).toBeUndefined();
});

it.each([
  ['completes', (topic: { complete(): void }) => topic.complete()],
  ['fails', (topic: { error(error: unknown): void }) => topic.error(new Error('the line is dead'))],
  ['is unsubscribed', (topic: { unsubscribe(): void }) => topic.unsubscribe()],
] as const)('T1: keeps its value when the topic %s, and throws nothing into the view', async (_, end) => {
  const unhandled: unknown[] = [];
  config.onUnhandledError = (error) => unhandled.push(error);
  const { fixture, topic, publish } = render();
  publish('ann');
  end(topic);
  expect(await textOf(fixture)).toBe('ann');
  expect(unhandled).toEqual([]);
});

it('stays without a value on a topic that has ended, and with a component that is gone', () => {
  const { fixture, topic, publish } = render();
  fixture.destroy();
  const { injector } = fixture.componentRef;
  const late = toLatestSignal(topic, CallAnswered, { injector });
  publish('ann');
  topic.complete();
  const later = toLatestSignal(topic, CallAnswered, { injector: TestBed.inject(Injector) });
  expect([late(), later()]).toEqual([undefined, undefined]);
});

it('cannot be written', () => {
  expect(render().answered).not.toHaveProperty('set');
});

describe('a mistake', () => {
  const topic = createBus().topic('calls');

  it('in an argument is told at the call', () => {
    const injector = TestBed.inject(Injector);
    expect(() => toLatestSignal({} as never, CallAnswered, { injector })).toThrow(
      '[angular] toLatestSignal(): expected a topic of a bus, got Object (object).',
    );
    expect(() => toLatestSignal(topic, 'call_answered' as never, { injector })).toThrow(
      '[angular] toLatestSignal(): expected a message type, got "call_answered" (string).',
    );
  });

  it('in the place of the call is told', () => {
    expect(() => toLatestSignal(topic, CallAnswered)).toThrow(
      '[angular] toLatestSignal(): expected an injection context',
    );
    const inComputed = computed(() => toLatestSignal(topic, CallAnswered, { injector: TestBed.inject(Injector) }));
    expect(inComputed).toThrow('toLatestSignal() cannot be called from within a reactive context');
  });
});
