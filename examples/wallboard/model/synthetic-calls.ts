import type { RecordedEvent } from '@stasis-rx/asterisk';
import type { Recording } from './recording.js';

/** How many calls go on at once. */
const CALLS_AT_ONCE = 200;
/** Every so manieth call is lost. */
const LOST_EVERY = 7;

/** A recording without an end, of made-up calls: to see what the page takes. @param eventsPerSecond ARI events */
export function syntheticCalls(eventsPerSecond: number): Recording {
  return {
    name: `${eventsPerSecond} events a second`,
    durationMs: null,
    events: () => generateEvents(eventsPerSecond),
  };
}

function* generateEvents(eventsPerSecond: number): Generator<RecordedEvent> {
  const startedAt = Date.now();
  const calls = Array.from({ length: CALLS_AT_ONCE }, () => [][Symbol.iterator]() as Iterator<Step>);
  let begun = 0;
  for (let count = 0; ; count++) {
    const at = startedAt + (count * 1000) / eventsPerSecond;
    const place = count % CALLS_AT_ONCE;
    let next = calls[place]?.next();
    if (next === undefined || next.done === true) {
      next = (calls[place] = callEvents(++begun, at)).next();
    }
    yield { at, event: { ...(next.value as Step), timestamp: new Date(at).toISOString() } };
  }
}

type Step = Readonly<Record<string, unknown>>;

/** What Asterisk tells of one call, in its order. */
function* callEvents(number: number, at: number): Generator<Step> {
  const channel = (state: string) => ({
    id: `load.${number}`,
    name: `PJSIP/agent-${(number % 0xffffffff).toString(16).padStart(8, '0')}`,
    state,
    caller: { name: '', number: `0${(number * 7919) % 1_000_000}` },
    dialplan: { context: 'load', exten: 'sales', priority: 1 },
    creationtime: new Date(at).toISOString(),
  });
  const dial = (dialstatus: string, state: string) => ({ type: 'Dial', dialstatus, peer: channel(state) });
  const varset = (variable: string) => ({ type: 'ChannelVarset', variable, value: '1', channel: channel('Ringing') });

  yield { type: 'ChannelCreated', channel: channel('Down') };
  yield dial('', 'Down');
  yield { type: 'ChannelStateChange', channel: channel('Ringing') };
  yield dial('RINGING', 'Ringing');
  // Of different lengths, so that calls do not keep step.
  for (let count = 0; count < 2 + (number % 9); count++) yield varset(`RING_${count}`);
  if (number % LOST_EVERY === 0) {
    yield dial('NOANSWER', 'Ringing');
    yield { type: 'ChannelDestroyed', channel: channel('Ringing') };
    return;
  }
  yield { type: 'ChannelStateChange', channel: channel('Up') };
  yield dial('ANSWER', 'Up');
  for (let count = 0; count < 4 + (number % 17); count++) yield varset(`TALK_${count}`);
  yield { type: 'ChannelHangupRequest', channel: channel('Up') };
  yield { type: 'ChannelDestroyed', channel: channel('Up') };
}
