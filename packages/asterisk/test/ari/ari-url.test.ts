import { ariAddress } from '../../src/ari/ari-url.js';

describe('the address of events', () => {
  test.each([
    ['http://localhost:8088', 'ws://localhost:8088/ari/events'],
    ['https://pbx.example.com/', 'wss://pbx.example.com/ari/events'],
    ['ws://10.0.0.1:8088/ari', 'ws://10.0.0.1:8088/ari/events'],
    ['wss://pbx/ari/events', 'wss://pbx/ari/events'],
    ['http://[::1]:8088/asterisk/', 'ws://[::1]:8088/asterisk/ari/events'],
    ['http://pbx/?x=1#y', 'ws://pbx/ari/events'],
  ])('of %s is %s', (url, shown) => {
    expect(ariAddress('', url, 'demo', 'a:b').shown).toBe(shown);
    expect(ariAddress('', url, 'demo', 'a:b').url).toBe(`${shown}?app=demo&api_key=a%3Ab&subscribeAll=true`);
  });

  test.each([
    ['http://localhost:8088', 'http://localhost:8088/ari'],
    ['wss://pbx/ari/events', 'https://pbx/ari'],
    ['ws://[::1]:8088/asterisk/', 'http://[::1]:8088/asterisk/ari'],
  ])('of what %s answers over HTTP is %s', (url, rest) => {
    expect(ariAddress('', url, 'demo', 'a:b').rest).toBe(rest);
  });

  test('holds names and logins of any characters', () => {
    const { url } = ariAddress('', 'http://pbx', 'a&b=c d', 'ü:p&ss wörd#');
    const { searchParams } = new URL(url);
    expect([searchParams.get('app'), searchParams.get('api_key')]).toEqual(['a&b=c d', 'ü:p&ss wörd#']);
  });
});
