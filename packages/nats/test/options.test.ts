import type { NatsConnection } from '@nats-io/nats-core';
import { createBus, InvalidArgumentError, messageType } from '@stasis-rx/core';
import { bridge } from '@stasis-rx/nats';
import { covers } from '../src/stream.js';

const Note = messageType<string>('note');
const connection = { status: () => [], info: { headers: true, version: '2.9.10' } } as unknown as NatsConnection;
const old = { status: () => [], info: { headers: false, version: '2.1.0' } } as unknown as NatsConnection;
const plain = { topics: ['calls'], types: [Note], stream: 'CALLS' };

describe('the options of a bridge over NATS', () => {
  it.each([
    ['a connection of NATS, got null', null, plain],
    ['a connection of NATS, got Object', {}, plain],
    ['a server that takes headers, got "2.1.0" (string)', old, plain],
    ['options with topics, types and stream, got undefined', connection, undefined],
    ["mode to be 'jetstream' or 'core', got \"both\" (string)", connection, { ...plain, mode: 'both' }],
    ['no stream in core mode, got "CALLS" (string)', connection, { ...plain, mode: 'core' }],
    ["stream to be a stream's name, or settings with one, got undefined", connection, { ...plain, stream: undefined }],
    [
      'stream to be a stream\'s name, or settings with one, got "a.b" (string)',
      connection,
      { ...plain, stream: 'a.b' },
    ],
    ["stream to be a stream's name, or settings with one, got Object", connection, { ...plain, stream: {} }],
    ['subject to be tokens of letters', connection, { ...plain, subject: 'a.*' }],
  ])('B2: bridge() says that it expected %s', (text, given, options) => {
    const make = () => bridge(createBus(), given as never, options as never);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(`[nats] bridge(): expected ${text}`);
  });
});

describe('what a stream captures', () => {
  it.each([
    ['>', 'stasis.data.>', true],
    ['stasis.>', 'stasis.data.>', true],
    ['stasis.data.>', 'stasis.data.>', true],
    ['*.data.>', 'stasis.data.>', true],
    ['stasis.data.*.*', 'stasis.data.>', false],
    ['stasis.data.calls.>', 'stasis.data.>', false],
    ['stasis.data', 'stasis.data.>', false],
    ['other.>', 'stasis.data.>', false],
  ])('B6: %s covers %s: %j', (pattern, subject, is) => {
    expect(covers(pattern, subject)).toBe(is);
  });
});
