import { StasisError } from '@stasis-rx/core';
import { TransportError } from '../../src/transports/transport-error.js';

describe('TransportError', () => {
  it('says what failed, why, and what it cost', () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:8125');
    const error = new TransportError('cannot connect to tcp 127.0.0.1:8125', 3, cause);
    expect(error).toBeInstanceOf(StasisError);
    expect(error).toMatchObject({ name: 'TransportError', code: 'TRANSPORT', droppedLines: 3, cause });
    expect(error.message).toBe(
      '[statsd] cannot connect to tcp 127.0.0.1:8125: connect ECONNREFUSED 127.0.0.1:8125 (3 metric lines lost).',
    );
  });

  it('leaves out what there is not', () => {
    const error = new TransportError('lost the connection to tcp 127.0.0.1:8125', 0);
    expect(error.message).toBe('[statsd] lost the connection to tcp 127.0.0.1:8125.');
    expect(error).not.toHaveProperty('cause');
  });

  it('counts one line as one', () => {
    expect(new TransportError('cannot send', 1).message).toBe('[statsd] cannot send (1 metric line lost).');
  });

  it('names the code of several failures in one, which have no message', () => {
    const cause = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
    expect(new TransportError('cannot connect', 0, cause).message).toBe('[statsd] cannot connect: ECONNREFUSED.');
  });

  it('takes anything for a cause', () => {
    expect(new TransportError('cannot send', 0, null).message).toBe('[statsd] cannot send: null.');
    expect(new TransportError('cannot send', 0, 'full').message).toBe('[statsd] cannot send: full.');
    expect(new TransportError('cannot send', 0, Object.create(null)).message).toBe(
      '[statsd] cannot send: Object (object).',
    );
  });
});
