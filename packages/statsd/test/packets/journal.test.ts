import { StasisError } from '@stasis-rx/core';
import { Journal } from '../../src/packets/journal.js';

const packet = { text: 'a:1|c\nb:1|c', bytes: 11, lines: 2 };
const error = new StasisError('TEST', 'a test');

describe('Journal', () => {
  it('starts at nothing', () => {
    expect(new Journal().statistics(0)).toEqual({ lines: 0, packets: 0, bytes: 0, errors: 0, dropped: 0 });
  });

  it('counts packets and bytes sent, lines dropped, and errors', () => {
    const journal = new Journal();
    journal.sent(packet);
    journal.sent(packet);
    journal.dropped(3);
    journal.report(error);
    expect(journal.statistics(7)).toEqual({ lines: 7, packets: 2, bytes: 22, errors: 1, dropped: 3 });
  });

  it('gives snapshots', () => {
    const journal = new Journal();
    const before = journal.statistics(0);
    journal.sent(packet);
    expect(before.packets).toBe(0);
  });

  it('gives errors to the hook', () => {
    const onError = jest.fn();
    new Journal(onError).report(error);
    expect(onError).toHaveBeenCalledTimes(1);
    expect(onError).toHaveBeenCalledWith(error);
  });

  it('contains a hook that throws', () => {
    const journal = new Journal(() => {
      throw new Error('a bad hook');
    });
    expect(() => journal.report(error)).not.toThrow();
    expect(journal.statistics(0).errors).toBe(2);
  });

  it('contains a hook that rejects', async () => {
    const rejected = Promise.reject(new Error('a bad hook'));
    const journal = new Journal(() => rejected);
    journal.report(error);
    await expect(rejected).rejects.toThrow();
    expect(journal.statistics(0).errors).toBe(2);
  });

  it('only counts an error that the hook itself makes', () => {
    const onError = jest.fn(() => journal.report(new StasisError('TEST', 'another')));
    const journal: Journal = new Journal(onError);
    journal.report(error);
    journal.report(error);
    expect(onError).toHaveBeenCalledTimes(2);
    expect(journal.statistics(0).errors).toBe(4);
  });
});
