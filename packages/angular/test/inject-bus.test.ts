import { Component, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { createBus } from '@stasis-rx/core';
import { BUS, injectBus, injectTopic, provideBus } from '../src/index.js';

/** The error that a call throws. */
function errorOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

describe('injectBus', () => {
  it('gives the bus of the nearest injector', () => {
    const ours = createBus({ name: 'ours' });
    @Component({ template: '', providers: [{ provide: BUS, useValue: ours }] })
    class Calls {
      readonly bus = injectBus();
    }
    TestBed.configureTestingModule({ providers: [provideBus()] });
    expect(TestBed.createComponent(Calls).componentInstance.bus).toBe(ours);
  });

  it('takes an injector, outside of an injection context', () => {
    TestBed.configureTestingModule({ providers: [provideBus()] });
    expect(injectBus({ injector: TestBed.inject(Injector) })).toBe(TestBed.inject(BUS));
  });

  it('says that no bus is provided', () => {
    TestBed.configureTestingModule({});
    expect(errorOf(() => TestBed.runInInjectionContext(() => injectBus()))).toMatchObject({
      name: 'StasisError',
      code: 'BUS_MISSING',
      message:
        '[angular] injectBus(): expected a bus to be provided, got none. Put provideBus() among the providers of the application or of a route.',
    });
  });

  it('says that there is no injection context', () => {
    expect(errorOf(() => injectBus())).toMatchObject({
      name: 'StasisError',
      code: 'INJECTION_CONTEXT_MISSING',
      message:
        '[angular] injectBus(): expected an injection context, got none. Call it in a field initializer, a constructor or a factory, or give it an injector.',
    });
  });

  it('refuses what is no injector', () => {
    expect(() => injectBus({ injector: {} as never })).toThrow(
      '[angular] injectBus(): expected injector to be an Injector, got Object (object).',
    );
  });
});

describe('injectTopic', () => {
  it('T1: gives the topic of that name, and makes it when there is none', () => {
    TestBed.configureTestingModule({ providers: [provideBus()] });
    const calls = TestBed.runInInjectionContext(() => injectTopic('calls', { detail: 'all calls' }));
    expect(calls.name).toBe('calls');
    expect(calls.detail).toBe('all calls');
    expect(TestBed.inject(BUS).topic('calls')).toBe(calls);
    expect(injectTopic('calls', { injector: TestBed.inject(Injector) })).toBe(calls);
  });

  it('says what is wrong with a name', () => {
    TestBed.configureTestingModule({ providers: [provideBus()] });
    expect(() => TestBed.runInInjectionContext(() => injectTopic(''))).toThrow(
      'expected name to be a string that is not empty',
    );
  });
});
