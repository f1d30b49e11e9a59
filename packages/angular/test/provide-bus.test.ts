import { createEnvironmentInjector, EnvironmentInjector, ErrorHandler, inject, InjectionToken } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { createBus, subscribe, type DispatchError, type StasisError } from '@stasis-rx/core';
import { config } from 'rxjs';
import { BUS, injectBus, provideBus } from '../src/index.js';
import { CallAnswered } from './support/calls.js';

const fail = (): never => {
  throw new Error('this handler fails');
};

/** Has a handler of the injected bus fail, and waits until that is reported. */
async function failOnce(bus = TestBed.runInInjectionContext(() => injectBus())): Promise<void> {
  const calls = bus.topic('calls');
  subscribe(calls, fail, { accept: [CallAnswered] });
  calls.publish(CallAnswered({ agent: 'ann' }));
  await bus.settled();
}

afterEach(() => {
  config.onUnhandledError = null;
});

it('provides one bus for an application', () => {
  TestBed.configureTestingModule({ providers: [provideBus({ name: 'calls', eid: 'node-a' })] });
  const bus = TestBed.inject(BUS);
  expect(bus.name).toBe('calls');
  expect(bus.eid).toBe('node-a');
  expect(TestBed.runInInjectionContext(() => injectBus())).toBe(bus);
});

it('provides a bus of its own to a route', () => {
  TestBed.configureTestingModule({ providers: [provideBus({ name: 'application' })] });
  const route = createEnvironmentInjector([provideBus({ name: 'route' })], TestBed.inject(EnvironmentInjector));
  expect(route.get(BUS).name).toBe('route');
  expect(TestBed.inject(BUS).name).toBe('application');
});

it('takes the options from a function, called once, in an injection context, when the bus is first injected', () => {
  const NAME = new InjectionToken<string>('name', { factory: () => 'injected' });
  const options = jest.fn(() => ({ name: inject(NAME) }));
  TestBed.configureTestingModule({ providers: [provideBus(options)] });
  TestBed.inject(EnvironmentInjector);
  expect(options).not.toHaveBeenCalled();
  expect(TestBed.inject(BUS).name).toBe('injected');
  TestBed.inject(BUS);
  expect(options).toHaveBeenCalledTimes(1);
});

it('S4: closes its bus when the environment injector is destroyed: what is queued is handled, then the final message', async () => {
  TestBed.configureTestingModule({});
  const injector = createEnvironmentInjector([provideBus()], TestBed.inject(EnvironmentInjector));
  const bus = injector.get(BUS);
  const calls = bus.topic('calls');
  const handled: string[] = [];
  const subscription = subscribe(calls, (message, _, self) =>
    handled.push(self.isFinal(message) ? 'final' : message.type.name),
  );
  calls.publish(CallAnswered({ agent: 'ann' }));
  injector.destroy();
  expect(calls.isCompleted).toBe(true);
  await subscription.join();
  expect(handled).toEqual(['stasis_subscription_change', 'call_answered', 'final']);
  expect(bus.statistics().subscriptions).toEqual([]);
});

it('leaves a bus open that was made elsewhere', () => {
  const bus = createBus();
  TestBed.configureTestingModule({ providers: [{ provide: BUS, useValue: bus }] });
  const calls = TestBed.runInInjectionContext(() => injectBus()).topic('calls');
  TestBed.resetTestingModule();
  expect(calls.isCompleted).toBe(false);
});

describe('the errors of the bus', () => {
  it("T6: go to Angular's ErrorHandler", async () => {
    const handleError = jest.fn<void, [DispatchError]>();
    TestBed.configureTestingModule({ providers: [provideBus(), { provide: ErrorHandler, useValue: { handleError } }] });
    await failOnce();
    expect(handleError.mock.calls.map(([{ code, cause }]) => [code, (cause as Error).message])).toEqual([
      ['DISPATCH', 'this handler fails'],
    ]);
  });

  it('T6: go to onError instead, where there is one', async () => {
    const errors: StasisError[] = [];
    const handleError = jest.fn();
    TestBed.configureTestingModule({
      providers: [
        provideBus({ onError: (error) => errors.push(error) }),
        { provide: ErrorHandler, useValue: { handleError } },
      ],
    });
    await failOnce();
    expect(errors.map(({ code }) => code)).toEqual(['DISPATCH']);
    expect(handleError).not.toHaveBeenCalled();
  });

  it('T6: go to an ErrorHandler that itself injects the bus', async () => {
    class PublishingErrorHandler extends ErrorHandler {
      readonly failures = injectBus().topic('failures');
      override handleError(): void {
        this.failures.publish(CallAnswered({ agent: 'reported' }));
      }
    }
    TestBed.configureTestingModule({
      providers: [provideBus(), { provide: ErrorHandler, useClass: PublishingErrorHandler }],
    });
    const agents: string[] = [];
    subscribe(TestBed.inject(BUS).topic('failures'), ({ data }) => agents.push(data.agent), { accept: [CallAnswered] });
    await failOnce();
    expect(agents).toEqual(['reported']);
  });

  it('T6: go where RxJS reports an unhandled error, once the injector is destroyed', async () => {
    const errors: unknown[] = [];
    const reported = new Promise<void>((resolve) => {
      config.onUnhandledError = (error) => {
        errors.push((error as StasisError).code);
        resolve();
      };
    });
    TestBed.configureTestingModule({});
    const injector = createEnvironmentInjector([provideBus()], TestBed.inject(EnvironmentInjector));
    const bus = injector.get(BUS);
    const failing = failOnce(bus);
    injector.destroy();
    await failing;
    await reported;
    expect(errors).toEqual(['DISPATCH']);
  });
});

describe('a mistake', () => {
  it('in the argument is told at the call', () => {
    expect(() => provideBus(5 as never)).toThrow(
      '[angular] provideBus(): expected options to be an object, or a function that gives one, got 5 (number).',
    );
    expect(() => provideBus(null as never)).toThrow('got null.');
  });

  it('in the options is told when the bus is made', () => {
    TestBed.configureTestingModule({ providers: [provideBus({ zone: 'angular' as never })] });
    expect(() => TestBed.inject(BUS)).toThrow(
      `[angular] provideBus(): expected zone to be 'inside' or 'outside', got "angular" (string). Leave it out for 'inside'.`,
    );
    TestBed.resetTestingModule().configureTestingModule({ providers: [provideBus({ highWater: 0 })] });
    expect(() => TestBed.inject(BUS)).toThrow('[core] createBus(): expected highWater');
  });
});
