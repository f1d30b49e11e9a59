import { disposalContract, finalMessageContract, isolationContract, orderingContract } from '@stasis-rx/core/testing';
import type {
  ContractCase,
  ContractReceiver,
  DisposalConnection,
  DisposalSubject,
  FinalMessageConnection,
  FinalMessageSubject,
  IsolationSubject,
} from '@stasis-rx/core/testing';

/** The title and the complaint of every case that fails. */
async function complaints(cases: readonly ContractCase[]): Promise<string[]> {
  const failed: string[] = [];
  for (const { title, run } of cases) {
    await run().catch((error: unknown) => failed.push(`${title}: ${(error as Error).message}`));
  }
  return failed;
}

type Subject = FinalMessageSubject & IsolationSubject & DisposalSubject;

/** Calls its receivers there and then: what a list of callbacks does, and nothing of what a bus does. */
function callbacks(): Subject {
  const receivers: ContractReceiver[] = [];
  return {
    inlets: [
      (message) => {
        for (const receiver of [...receivers]) Promise.resolve(receiver(message)).catch(() => undefined);
      },
    ],
    connect: (receiver, options) => connectCallback(receivers, receiver, options?.signal),
    connectForNumbers: (receiver) => connectCallback(receivers, receiver),
    settled: () => new Promise(setImmediate),
    close: () => undefined,
    held: () => receivers.map(() => 'a callback'),
    failures: [],
  };
}

function connectCallback(
  receivers: ContractReceiver[],
  receiver: ContractReceiver,
  signal?: AbortSignal,
): FinalMessageConnection & DisposalConnection {
  const unsubscribe = (): void => {
    receivers.splice(receivers.indexOf(receiver), 1);
  };
  receivers.push(receiver);
  signal?.addEventListener('abort', unsubscribe);
  return {
    id: 'a callback',
    isSubscribed: true,
    isDone: false,
    isFinal: () => false,
    join: () => Promise.resolve(),
    unsubscribe,
    [Symbol.dispose]: unsubscribe,
    [Symbol.asyncDispose]: () => Promise.resolve().then(unsubscribe),
  };
}

describe('a contract', () => {
  it('has the number of a rule in every title, and no title twice', () => {
    const contracts = [orderingContract, finalMessageContract, isolationContract, disposalContract];
    const titles = contracts.flatMap((contract) => contract(callbacks).map(({ title }) => title));

    expect(titles.filter((title) => !/^[TSF]\d: [a-z]/.test(title) && !/^[TSF]\d: Symbol/.test(title))).toEqual([]);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('makes a subject for each case, and closes it, also when the case fails', async () => {
    let made = 0;
    let closed = 0;
    const create = (): Subject => {
      made++;
      return { ...callbacks(), close: () => closed++ };
    };
    const cases = orderingContract(create);
    expect(made).toBe(0);
    await complaints(cases);

    expect(made).toBe(cases.length);
    expect(closed).toBe(cases.length);
  });

  it('takes a factory that answers later', async () => {
    const [first] = orderingContract(() => Promise.resolve(callbacks()));

    await expect(first!.run()).resolves.toBeUndefined();
  });
});

describe('what is no more than a list of callbacks', () => {
  it('fails the contract of order where handlers publish or take their time', async () => {
    expect(await complaints(orderingContract(callbacks))).toEqual([
      'T3: delivers what a handler publishes after what is being delivered, to every receiver: ' +
        'expected what the receiver connected before it got to be [1, 2, 3, 4], got [1, 2, 4, 3]',
      'S1: never calls a receiver that is still running: ' +
        'expected what the receiver did to be [start 1, end 1, start 2, end 2], got [start 1, start 2, end 2, end 1]',
      'S1: starts the next message when the promise of the last one has settled: ' +
        'expected what the receiver did to be [start 1, end 1, start 2, end 2], got [start 1, start 2, end 1, end 2]',
      expect.stringContaining('S1: starts the next message when the Observable of the last one has completed'),
      expect.stringContaining('S1: keeps the order of messages that are handled synchronously and asynchronously'),
    ]);
  });

  it('fails the contract of isolation where receivers fail', async () => {
    const failed = await complaints(isolationContract(callbacks));

    expect(failed).toContain(
      'T6: keeps a receiver that throws from the publisher and from the others: ' +
        'expected publishing not to throw, whatever a receiver does',
    );
    expect(failed).toContain(
      'T6: keeps a receiver that rejects from the publisher and from the others: ' +
        'expected the number of failures that were reported to be 3, got 0',
    );
  });

  it('fails the contract of the final message', async () => {
    const failed = await complaints(finalMessageContract(callbacks));

    expect(failed).toContain(
      'S4: delivers what is on its way, then one final message: ' +
        'expected what the receiver handled to be [1, 2, final], got [1, 2]',
    );
    expect(failed.filter((complaint) => complaint.startsWith('S7'))).toHaveLength(3);
  });

  it('fails the contract of disposal where it is left twice, or holds on to a signal', async () => {
    const failed = await complaints(disposalContract(callbacks));

    expect(failed).toContain(
      'S4: stops listening to its signal when the receiver leaves: ' +
        'expected the number of listeners on the signal to be 0, got 3',
    );
    expect(failed).toContain(
      'S4: holds nothing when it has ended: expected what it holds to be [], got [a callback, a callback]',
    );
  });
});

describe('what never comes', () => {
  it('fails with a sentence, and not with the timeout of the test runner', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const create = (): Subject => ({ ...callbacks(), settled: () => new Promise(() => undefined) });
    const [first] = orderingContract(create);
    const failed = complaints([first!]);
    await jest.advanceTimersByTimeAsync(2000);

    await expect(failed).resolves.toEqual([
      expect.stringMatching(/: expected everything to be handled, waited 2000 ms$/),
    ]);
    jest.useRealTimers();
  });
});
