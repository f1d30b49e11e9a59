import { InvalidArgumentError } from '@stasis-rx/core';
import { createStatsDClient } from '../../src/client/client.js';
import { resolveOptions, type StatsDClientOptions } from '../../src/client/options.js';
import { recordingTransport } from '../../src/transports/recording-transport.js';

describe('resolveOptions', () => {
  it('D2: sends to 127.0.0.1:8125 over UDP, with meters, without prefix and trailing newline, unless told otherwise', () => {
    expect(resolveOptions({})).toEqual({
      host: '127.0.0.1',
      port: 8125,
      protocol: 'udp',
      path: '',
      prefix: '',
      tags: [],
      addNewline: false,
      meterSupport: true,
      maxPacketBytes: 1432,
      flushIntervalMs: 100,
      aggregate: false,
      maxPendingSeries: 10_000,
      maxOutboxBytes: 16_777_216,
      timeoutMs: 5000,
      onError: undefined,
      transport: undefined,
      random: Math.random,
    });
  });

  it('takes undefined for left out', () => {
    const leftOut = { host: undefined, port: undefined, path: undefined, prefix: undefined, tags: undefined };
    expect(resolveOptions({ ...leftOut, transport: undefined, onError: undefined })).toEqual(resolveOptions({}));
  });

  it.each(['tcp', 'unix'] as const)('ends every line with a newline on a stream of lines: %s', (protocol) => {
    expect(resolveOptions({ protocol, path: '/run/statsd.sock', addNewline: false }).addNewline).toBe(true);
  });

  it.each(['unixgram', 'unixstream'] as const)(
    'sends packets as they are, as large as an agent reads: %s',
    (protocol) => {
      expect(resolveOptions({ protocol, path: '/run/statsd.sock' })).toMatchObject({
        path: '/run/statsd.sock',
        addNewline: false,
        maxPacketBytes: 8192,
      });
      const options = { protocol, path: '/run/statsd.sock', addNewline: true, maxPacketBytes: 1432 };
      expect(resolveOptions(options)).toMatchObject({ addNewline: true, maxPacketBytes: 1432 });
    },
  );

  it('leaves newlines to the option when a transport takes the packets', () => {
    const transport = recordingTransport();
    expect(resolveOptions({ protocol: 'tcp', transport }).addNewline).toBe(false);
    expect(resolveOptions({ protocol: 'tcp', transport, addNewline: true }).addNewline).toBe(true);
  });

  it('needs no path for a unix socket that a transport stands in for', () => {
    expect(resolveOptions({ protocol: 'unix', transport: recordingTransport() }).path).toBe('');
  });

  it('does not change the options it is given', () => {
    const options = Object.freeze({ prefix: 'pbx', tags: Object.freeze({ a: 'b' }) });
    expect(resolveOptions(options)).toMatchObject({ prefix: 'pbx', tags: [{ key: 'a', text: 'a:b' }] });
  });
});

describe('createStatsDClient', () => {
  it.each<[string, unknown, string]>([
    ['port', -5, 'expected port to be an integer from 1 to 65535, got -5 (number). Leave it out for 8125.'],
    ['port', '8125', 'expected port to be an integer from 1 to 65535, got "8125" (string). Leave it out for 8125.'],
    ['port', 0, 'expected port to be an integer from 1 to 65535, got 0 (number). Leave it out for 8125.'],
    ['host', '', 'expected host to be a string that is not empty, got "" (string). Leave it out for 127.0.0.1.'],
    [
      'protocol',
      'http',
      `expected protocol to be 'udp', 'tcp', 'unix', 'unixgram' or 'unixstream', got "http" (string). Leave it out for 'udp'.`,
    ],
    ['protocol', null, `'unixgram' or 'unixstream', got null. Leave it out for 'udp'.`],
    ['protocol', 'toString', `'unixgram' or 'unixstream', got "toString" (string). Leave it out for 'udp'.`],
    ['prefix', 5, 'expected prefix to be a string that is not empty, got 5 (number).'],
    ['tags', 'a:b', 'expected tags to be an object or a list of strings, got "a:b" (string).'],
    ['addNewline', 1, 'expected addNewline to be a boolean, got 1 (number). Leave it out for false.'],
    ['meterSupport', null, 'expected meterSupport to be a boolean, got null. Leave it out for true.'],
    [
      'maxPacketBytes',
      0,
      'expected maxPacketBytes to be an integer from 1 to 65507, got 0 (number). Leave it out for 1432.',
    ],
    ['maxPacketBytes', 1.5, 'expected maxPacketBytes to be an integer from 1 to 65507, got 1.5 (number).'],
    ['flushIntervalMs', -1, 'expected flushIntervalMs to be an integer from 0 to 2147483647, got -1 (number).'],
    ['flushIntervalMs', NaN, 'expected flushIntervalMs to be an integer from 0 to 2147483647, got NaN (number).'],
    ['aggregate', 'yes', 'expected aggregate to be a boolean, got "yes" (string). Leave it out for false.'],
    [
      'maxPendingSeries',
      0,
      'expected maxPendingSeries to be an integer of at least 1, got 0 (number). Leave it out for 10000.',
    ],
    ['maxOutboxBytes', 1431, 'expected maxOutboxBytes to be an integer of at least 1432, got 1431 (number).'],
    [
      'timeoutMs',
      0,
      'expected timeoutMs to be an integer from 1 to 2147483647, got 0 (number). Leave it out for 5000.',
    ],
    ['onError', 'log', 'expected onError to be a function, got "log" (string).'],
    ['random', 0.5, 'expected random to be a function, got 0.5 (number).'],
    ['transport', {}, 'expected transport to have the methods send and close, got Object (object).'],
    ['transport', null, 'expected transport to have the methods send and close, got null.'],
  ])('refuses %s: %p', (name, value, message) => {
    const create = () => createStatsDClient({ [name]: value });
    expect(create).toThrow(InvalidArgumentError);
    expect(create).toThrow('[statsd] createStatsDClient(): expected ');
    expect(create).toThrow(message);
  });

  it.each(['unix', 'unixgram', 'unixstream'] as const)('refuses a socket without a path: %s', (protocol) => {
    expect(() => createStatsDClient({ protocol })).toThrow(
      '[statsd] createStatsDClient(): expected path to be a string that is not empty, got undefined.',
    );
  });

  it('refuses a path that the system would cut off', () => {
    const most = process.platform === 'linux' ? 107 : 103;
    const path = (length: number) => `/ü${'x'.repeat(length - 3)}`;
    expect(resolveOptions({ protocol: 'unixgram', path: path(most) }).path).toBe(path(most));
    expect(() => createStatsDClient({ protocol: 'unixgram', path: path(most + 1) })).toThrow(
      `[statsd] createStatsDClient(): expected path to be at most ${most} bytes, got "/üx`,
    );
  });

  it('needs a transport where there is no Node', () => {
    const process = jest.replaceProperty(globalThis, 'process', undefined as never);
    try {
      expect(() => createStatsDClient({ transport: recordingTransport() })).not.toThrow();
      expect(() => createStatsDClient()).toThrow(
        '[statsd] createStatsDClient(): expected a transport, as there are no sockets here, got undefined.',
      );
    } finally {
      process.restore();
    }
  });

  it.each([null, 'localhost:8125'])('refuses %p for options', (options) => {
    expect(() => createStatsDClient(options as StatsDClientOptions)).toThrow(
      '[statsd] createStatsDClient(): expected options to be an object, got',
    );
  });
});
