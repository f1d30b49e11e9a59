import { EMPTY, NEVER, Subject, type Observable } from 'rxjs';
import { DrainPipelines, type Drainable } from '../../src/mailbox/drain-pipelines.js';
import { createBus, subscribe } from '../../src/index.js';

/** Says when it is drained. */
function drainable(name: string, log: string[], drained: Observable<never> = EMPTY): Drainable {
  return {
    drain() {
      log.push(name);
      return drained;
    },
  };
}

describe('pipelines', () => {
  it('S1: drain one after the other what is woken on them', () => {
    const log: string[] = [];
    const open = new Subject<never>();
    const pipeline = new DrainPipelines().take();
    pipeline.next(drainable('a', log, open));
    pipeline.next(drainable('b', log));
    expect(log).toEqual(['a']);

    open.complete();
    expect(log).toEqual(['a', 'b']);
  });

  it('S1: are lent to one mailbox at a time', () => {
    const pipelines = new DrainPipelines();
    const log: string[] = [];
    pipelines.take().next(drainable('waits for ever', log, NEVER));
    pipelines.take().next(drainable('another', log));
    expect(log).toEqual(['waits for ever', 'another']);
  });

  it('S1: given back while a drain is open, serve the next mailbox when it has ended', () => {
    const pipelines = new DrainPipelines();
    const log: string[] = [];
    const open = new Subject<never>();
    const pipeline = pipelines.take();
    pipeline.next(drainable('a', log, open));
    pipelines.giveBack(pipeline);
    const again = pipelines.take();
    again.next(drainable('b', log));
    expect(again).toBe(pipeline);
    expect(log).toEqual(['a']);

    open.complete();
    expect(log).toEqual(['a', 'b']);
  });

  it('S1: are kept for the next, up to 64', () => {
    const pipelines = new DrainPipelines();
    const lent = Array.from({ length: 100 }, () => pipelines.take());
    for (const pipeline of lent) pipelines.giveBack(pipeline);
    const again = Array.from({ length: 100 }, () => pipelines.take());
    expect(again.filter((pipeline) => lent.includes(pipeline))).toHaveLength(64);
  });
});

describe('the pipelines of a bus', () => {
  it('S4: come back from subscriptions that have ended', async () => {
    const taken = jest.spyOn(DrainPipelines.prototype, 'take');
    const givenBack = jest.spyOn(DrainPipelines.prototype, 'giveBack');
    const bus = createBus();
    const topic = bus.topic('numbers');
    for (let round = 0; round < 3; round++) {
      const subscription = subscribe(topic, () => Promise.resolve());
      subscription.unsubscribe();
      await subscription.join();
      await bus.settled();
    }
    const lent = taken.mock.results.map(({ value }) => value as unknown);
    expect(givenBack.mock.calls.map(([pipeline]) => pipeline)).toEqual(lent);
    expect(new Set(lent).size).toBe(1);
  });
});
