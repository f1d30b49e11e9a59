import { InvalidArgumentError } from '@stasis-rx/core';
import { createStatsDClient } from '../../src/client/client.js';
import { dogStatsDOptions } from '../../src/client/dog-statsd-options.js';
import { resolveOptions } from '../../src/client/options.js';
import { recordingTransport } from '../../src/transports/recording-transport.js';

type Environment = Record<string, string | undefined>;

describe('dogStatsDOptions', () => {
  it.each<[string, Environment, object]>([
    ['nothing', {}, { tags: {} }],
    ['the host', { DD_AGENT_HOST: 'agent.local' }, { host: 'agent.local', tags: {} }],
    ['an IPv6 address', { DD_AGENT_HOST: '::1' }, { host: '::1', tags: {} }],
    ['the port', { DD_DOGSTATSD_PORT: '9125' }, { port: 9125, tags: {} }],
    ['both', { DD_AGENT_HOST: '10.0.0.1', DD_DOGSTATSD_PORT: '1' }, { host: '10.0.0.1', port: 1, tags: {} }],
  ])('D2: reads %s', (_what, env, options) => {
    expect(dogStatsDOptions(env)).toEqual(options);
  });

  it.each<[string, object]>([
    ['udp://agent.local:9125', { protocol: 'udp', host: 'agent.local', port: 9125 }],
    ['udp://agent.local', { protocol: 'udp', host: 'agent.local' }],
    ['udp://agent.local/', { protocol: 'udp', host: 'agent.local' }],
    ['udp://127.0.0.1:65535/', { protocol: 'udp', host: '127.0.0.1', port: 65_535 }],
    ['udp://[::1]:9125', { protocol: 'udp', host: '::1', port: 9125 }],
    ['udp://[fe80::1%eth0]', { protocol: 'udp', host: 'fe80::1%eth0' }],
    ['unix:///var/run/datadog/dsd.socket', { protocol: 'unixgram', path: '/var/run/datadog/dsd.socket' }],
    ['unixgram:///run/d s%20d?#:é', { protocol: 'unixgram', path: '/run/d s%20d?#:é' }],
    ['unixstream:///run/dsd', { protocol: 'unixstream', path: '/run/dsd' }],
    ['UNIX:///Run/DSD', { protocol: 'unixgram', path: '/Run/DSD' }],
  ])('D2: reads the URL %s, and then neither host nor port', (url, address) => {
    const env = { DD_DOGSTATSD_URL: url, DD_AGENT_HOST: 'else/where', DD_DOGSTATSD_PORT: 'none' };
    expect(dogStatsDOptions(env)).toEqual({ ...address, tags: {} });
  });

  it('D2: reads the tags, in one order', () => {
    const env = { DD_VERSION: '1.2.3', DD_SERVICE: 'pbx', DD_ENV: 'test', DD_ENTITY_ID: 'en-1:2' };
    const { tags } = dogStatsDOptions(env);
    expect(tags).toEqual({ 'dd.internal.entity_id': 'en-1:2', env: 'test', service: 'pbx', version: '1.2.3' });
    expect(Object.keys(tags)).toEqual(['dd.internal.entity_id', 'env', 'service', 'version']);
  });

  it('takes an empty variable for none', () => {
    const names = [
      'DD_AGENT_HOST',
      'DD_DOGSTATSD_PORT',
      'DD_DOGSTATSD_URL',
      'DD_ENTITY_ID',
      'DD_ENV',
      'DD_SERVICE',
      'DD_VERSION',
    ];
    expect(dogStatsDOptions(Object.fromEntries(names.map((name) => [name, ''])))).toEqual({ tags: {} });
    expect(dogStatsDOptions({ DD_DOGSTATSD_URL: '', DD_AGENT_HOST: 'a' })).toEqual({ host: 'a', tags: {} });
  });

  it.each<[string, Environment, string]>([
    [
      'a port that is none',
      { DD_DOGSTATSD_PORT: 'http' },
      'expected DD_DOGSTATSD_PORT to be from 1 to 65535, got "http"',
    ],
    ['port 0', { DD_DOGSTATSD_PORT: '0' }, 'expected DD_DOGSTATSD_PORT to be from 1 to 65535, got "0" (string).'],
    ['a port that is too high', { DD_DOGSTATSD_PORT: '65536' }, 'from 1 to 65535, got "65536" (string).'],
    ['a port with a fraction', { DD_DOGSTATSD_PORT: '8125.0' }, 'from 1 to 65535, got "8125.0" (string).'],
    [
      'a socket for a host',
      { DD_AGENT_HOST: 'unix:///run/dsd' },
      'expected DD_AGENT_HOST to be a host, got "unix:///run/dsd" (string). Set DD_DOGSTATSD_URL for a socket.',
    ],
    [
      'another scheme',
      { DD_DOGSTATSD_URL: 'http://agent:8125' },
      'expected DD_DOGSTATSD_URL to be udp://host:port, unix:///path, unixgram:///path or unixstream:///path, got "http://agent:8125" (string).',
    ],
    [
      'a named pipe',
      { DD_DOGSTATSD_URL: '\\\\.\\pipe\\dogstatsd' },
      'got "\\\\\\\\.\\\\pipe\\\\dogstatsd" (string). Named pipes are not supported.',
    ],
    ['a host without a scheme', { DD_DOGSTATSD_URL: 'agent:8125' }, 'expected DD_DOGSTATSD_URL to be udp://host:port'],
    ['a URL without a host', { DD_DOGSTATSD_URL: 'udp://:8125' }, 'expected DD_DOGSTATSD_URL to be udp://host:port'],
    [
      'a URL with more',
      { DD_DOGSTATSD_URL: 'udp://agent:8125/x' },
      'the port of DD_DOGSTATSD_URL to be from 1 to 65535',
    ],
    ['a URL with a user', { DD_DOGSTATSD_URL: 'udp://me@agent' }, 'expected DD_DOGSTATSD_URL to be udp://host:port'],
    [
      'a URL with a port that is none',
      { DD_DOGSTATSD_URL: 'udp://agent:99999' },
      'expected the port of DD_DOGSTATSD_URL to be from 1 to 65535, got "udp://agent:99999" (string).',
    ],
    [
      'a URL that ends before its port',
      { DD_DOGSTATSD_URL: 'udp://agent:' },
      'the port of DD_DOGSTATSD_URL to be from 1',
    ],
    [
      'a path that is relative',
      { DD_DOGSTATSD_URL: 'unix://run/dsd' },
      'expected DD_DOGSTATSD_URL to be udp://host:port',
    ],
    ['no path', { DD_DOGSTATSD_URL: 'unix://' }, 'expected DD_DOGSTATSD_URL to be udp://host:port'],
    ['a number', { DD_ENV: 5 as never }, 'expected DD_ENV to be a string, got 5 (number).'],
    ['no variables', null as never, 'expected env to be an object, got null. Leave it out for process.env.'],
  ])('refuses %s', (_what, env, message) => {
    expect(() => dogStatsDOptions(env)).toThrow(InvalidArgumentError);
    expect(() => dogStatsDOptions(env)).toThrow('[statsd] dogStatsDOptions(): ');
    expect(() => dogStatsDOptions(env)).toThrow(message);
  });

  describe('with the variables of this process', () => {
    afterEach(() => {
      delete process.env.DD_AGENT_HOST;
      delete process.env.DD_SERVICE;
    });

    it('D2: reads them when it is called, and nothing else reads them ever', () => {
      process.env.DD_AGENT_HOST = 'agent.local';
      process.env.DD_SERVICE = 'pbx';
      expect(resolveOptions({})).toMatchObject({ host: '127.0.0.1', tags: [] });
      expect(dogStatsDOptions()).toEqual({ host: 'agent.local', tags: { service: 'pbx' } });
      process.env.DD_AGENT_HOST = 'other.local';
      expect(dogStatsDOptions()).toMatchObject({ host: 'other.local' });
    });
  });

  it('D2: no variable of Datadog is read on import, nor by a client', async () => {
    const read: (string | symbol)[] = [];
    const env = jest.replaceProperty(
      process,
      'env',
      new Proxy(process.env, {
        get(target, name) {
          read.push(name);
          return Reflect.get(target, name) as unknown;
        },
      }),
    );
    await jest.isolateModulesAsync(async () => {
      const statsd = await import('../../src/index.js');
      await statsd.createStatsDClient({ transport: statsd.recordingTransport() }).close();
      expect(read.filter((name) => String(name).startsWith('DD_'))).toEqual([]);
      statsd.dogStatsDOptions();
      expect(read).toContain('DD_AGENT_HOST');
    });
    env.restore();
  });

  it('gives what a client takes, alone and among other options', async () => {
    const recording = recordingTransport();
    const datadog = dogStatsDOptions({
      DD_DOGSTATSD_URL: 'unix:///run/dsd',
      DD_ENTITY_ID: 'en-1',
      DD_ENV: 'test, really|now',
    });
    expect(resolveOptions(datadog)).toMatchObject({ protocol: 'unixgram', path: '/run/dsd', maxPacketBytes: 8192 });
    const tags = { ...datadog.tags, site: 'north' };
    const statsd = createStatsDClient({ ...datadog, tags, transport: recording });
    statsd.increment('calls', 1, { tags: { env: 'live' } });
    statsd.increment('calls');
    await statsd.close();
    expect(recording.lines).toEqual([
      'calls:1|c|#dd.internal.entity_id:en-1,site:north,env:live',
      'calls:1|c|#dd.internal.entity_id:en-1,env:test_ really_now,site:north',
    ]);
  });
});
