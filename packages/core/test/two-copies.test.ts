import type * as Core from '../src/index.js';

/** Loads core anew: what happens when an application has it once as an ES module and once as CommonJS. */
async function loadCore(): Promise<typeof Core> {
  let core: typeof Core | undefined;
  await jest.isolateModulesAsync(async () => {
    core = await import('../src/index.js');
  });
  return core!;
}

async function twoCopies() {
  const [one, other] = [await loadCore(), await loadCore()];
  const bus = one.createBus();
  return { one, other, bus, topic: bus.topic('topic'), Ping: one.messageType<number>('ping') };
}

describe('two loaded copies of core', () => {
  it('are two copies', async () => {
    const { one, other } = await twoCopies();

    expect(one.SubscriptionChange).not.toBe(other.SubscriptionChange);
    expect(one.Topic).not.toBe(other.Topic);
  });

  it('M1: agree on what a message is', async () => {
    const { other, Ping } = await twoCopies();

    expect(other.isMessage(Ping(1))).toBe(true);
    expect(other.isMessageType(Ping)).toBe(true);
    expect(other.toJSON(Ping(1, { timestamp: 0 }))).toEqual({ type: 'ping', timestamp: 0, eid: 'local', data: 1 });
    expect(other.revise(Ping(1), (n) => n + 1)).toMatchObject({ type: Ping, data: 2 });
  });

  it('M2: agree on built-in types, and on no others', async () => {
    const { one, other } = await twoCopies();
    const change = one.SubscriptionChange({ topic: 'topic', uniqueId: 'topic#1', description: 'Subscribe' });

    expect(other.SubscriptionChange.is(change)).toBe(true);
    expect(one.SubscriptionChange.identity).toBe(other.SubscriptionChange.identity);
    expect(other.messageType('stasis_subscription_change').is(change)).toBe(false);
  });

  it('S8: agree in filters', async () => {
    const { one, other, bus, topic } = await twoCopies();
    const seen: string[] = [];
    one
      .subscribe(topic, ({ data }) => seen.push(data.description), { accept: [other.SubscriptionChange] })
      .unsubscribe();
    await bus.settled();

    expect(seen).toEqual(['Subscribe', 'Unsubscribe']);
  });

  it.each(['queued', 'synchronous'] as const)("S3, S4: one subscribes to the other's topic (%s)", async (delivery) => {
    const { other, bus, topic, Ping } = await twoCopies();
    const seen: string[] = [];
    const subscription = other.subscribe(
      topic,
      (message, origin) => seen.push(`${origin.name} ${String(Ping.is(message) ? message.data : message.type.name)}`),
      { delivery },
    );

    topic.publish(Ping(1));
    await subscription.publishSync(Ping(2));
    subscription.unsubscribe();
    await subscription.join();
    await bus.settled();

    expect(seen).toEqual([
      'topic stasis_subscription_change',
      'topic 1',
      'topic 2',
      'topic stasis_subscription_change',
    ]);
    expect(subscription.isDone).toBe(true);
  });

  it("S5: see each other's comings and goings, and know their own final message", async () => {
    const { one, other, bus, topic } = await twoCopies();
    const finals: string[] = [];
    const subscriptions = [one, other].map((core) =>
      core.subscribe(topic, (message, _, self) => {
        if (self.isFinal(message)) finals.push(self.id);
      }),
    );

    subscriptions[1]?.unsubscribe();
    await bus.settled();
    expect(finals).toEqual(['topic#2']);
    subscriptions[0]?.unsubscribe();
    await bus.settled();

    expect(finals).toEqual(['topic#2', 'topic#1']);
  });

  it("T2: one publishes its messages on the other's topic", async () => {
    const { one, other, bus, topic } = await twoCopies();
    const Pong = other.messageType<number>('pong');
    const [seen, observed]: [number[], number[]] = [[], []];
    one.subscribe(topic, ({ data }) => seen.push(data), { accept: [Pong] });
    topic.pipe(one.ofType(Pong)).subscribe(({ data }) => observed.push(data));

    topic.publish(Pong(1));
    await bus.settled();

    expect([seen, observed]).toEqual([[1], [1]]);
  });

  it("F1, F5: one forwards and pools the other's topics", async () => {
    const { other, bus, topic, Ping } = await twoCopies();
    const seen: number[] = [];
    other.subscribe(topic, ({ data }) => seen.push(data), { accept: [Ping] });
    const forward = other.forwardAll(bus.topic('child'), topic);
    const pool = other.createTopicPool(topic);

    bus.topic('child').publish(Ping(1));
    pool.topic('1001').publish(Ping(2));
    forward.cancel();
    bus.topic('child').publish(Ping(3));
    await bus.settled();

    expect(seen).toEqual([1, 2]);
    expect(() => other.forwardAll(topic, pool.topic('1001'))).toThrow(
      expect.objectContaining({ code: 'FORWARD_CYCLE' }),
    );
  });

  it("T6: report a handler's failure to the bus, whichever made it", async () => {
    const { one, other } = await twoCopies();
    const onError = jest.fn();
    const bus = one.createBus({ onError });
    other.subscribe(bus.topic('topic'), () => {
      throw new Error('no');
    });
    await bus.settled();

    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'DISPATCH', cause: new Error('no') }));
  });

  it("S1: one's handler may return an Observable of the other's RxJS, and operators work on either", async () => {
    const { one, other, bus, topic, Ping } = await twoCopies();
    const results: number[] = [];
    topic.pipe(other.serialize((message) => (Ping.is(message) ? message.data : 0))).subscribe((n) => results.push(n));
    const seen: number[] = [];
    one.subscribe(
      topic,
      ({ data }) => {
        seen.push(data);
        return other.messages(topic, { accept: [Ping] });
      },
      { accept: [Ping] },
    );

    topic.publish(Ping(1));
    topic.publish(Ping(2));
    await Promise.resolve();
    topic.complete();
    await bus.settled();

    expect(results).toEqual([1, 2]);
    expect(seen).toEqual([1, 2]);
  });

  it('share the time until timers and I/O get their turn', async () => {
    const { one, other } = await twoCopies();
    const Ping = one.messageType<number>('ping');
    const [here, there] = [one.createBus().topic('topic'), other.createBus().topic('topic')];
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => (now += 1));
    let isTurn = false;
    setImmediate(() => (isTurn = true));
    let rounds = 0;
    const isOver = new Promise<void>((resolve) => {
      const passOnTo = (topic: typeof here) => (message: Core.Message) =>
        isTurn || ++rounds > 10_000 ? resolve() : void topic.publish(message);
      one.subscribe(here, passOnTo(there), { accept: [Ping] });
      other.subscribe(there, passOnTo(here), { accept: [Ping] });
    });

    here.publish(Ping(1));
    await isOver;
    jest.restoreAllMocks();

    expect(isTurn).toBe(true);
    expect(rounds).toBeLessThan(100);
  });
});
