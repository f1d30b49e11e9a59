import { PROTOCOL } from '../../protocol/frames.js';
import type { BusDescription } from '@stasis-rx/core';
import type { InspectorRecord } from '../../protocol/records.js';
import { shownOfJSON } from '../values/shown-of-json.js';

/** What a recording holds, as the model takes it. */
export interface ReadRecording {
  readonly bus: { readonly name: string; readonly eid: string };
  /** How the bus's parts hung together; `undefined` when it does not say so. */
  readonly description: BusDescription | undefined;
  readonly records: readonly InspectorRecord[];
  /** How many records are missing before the first. */
  readonly lost: number;
  /** How many lines are none of its own, or broken. */
  readonly passedOver: number;
}

/** A text that is no recording, or of another protocol; the message is for people. */
export class UnreadableRecording extends Error {
  override readonly name = 'UnreadableRecording';
}

/**
 * Reads a recording: lines of `{ "at": milliseconds, "event": … }`. Lines that it does not know are passed over and counted.
 *
 * @throws UnreadableRecording when none of the lines is one of a recording, or it is of another protocol
 */
export function readRecordingText(text: string): ReadRecording {
  const reader = new Reader();
  for (const line of text.split('\n')) if (line.trim() !== '') reader.take(line);
  return reader.result();
}

class Reader {
  readonly #records: InspectorRecord[] = [];
  #bus = { name: 'recording', eid: '' };
  #description: BusDescription | undefined;
  #lost = 0;
  #passedOver = 0;
  #hasHeader = false;

  take(line: string): void {
    const parsed = parse(line);
    if (parsed === undefined) this.#passedOver++;
    else if (parsed.event.is === 'recording') this.#header(parsed.event);
    else this.#record(parsed);
  }

  result(): ReadRecording {
    if (!this.#hasHeader && this.#records.length === 0) {
      throw new UnreadableRecording(
        'This is no recording of an inspector: no line has { "at": …, "event": … } of one.',
      );
    }
    const [bus, description, records] = [this.#bus, this.#description, this.#records];
    return { bus, description, records, lost: this.#lost, passedOver: this.#passedOver };
  }

  #header({ protocol, bus, description, lost }: Part): void {
    if (protocol !== PROTOCOL) {
      throw new UnreadableRecording(
        `The recording is of protocol ${String(protocol)}; this reads protocol ${PROTOCOL}.`,
      );
    }
    this.#hasHeader = true;
    if (isPart(bus)) this.#bus = { name: String(bus.name), eid: String(bus.eid) };
    if (isDescription(description)) this.#description = description;
    if (typeof lost === 'number') this.#lost += lost;
  }

  #record({ at, event }: Line): void {
    const needed = typeof event.is === 'string' ? NEEDED.get(event.is) : undefined;
    if (needed?.every(([name, type]) => typeof event[name] === type) !== true) {
      this.#passedOver++;
      return;
    }
    const hasData = event.is === 'published' || (event.is === 'wrote' && event.isRemoved !== true);
    const record = hasData ? { ...event, at, data: shownOfJSON(event.data) } : { ...event, at };
    this.#records.push(record as unknown as InspectorRecord);
  }
}

/** Whether it has what is drawn. */
function isDescription(value: unknown): value is BusDescription {
  return isPart(value) && ['topics', 'subscriptions', 'forwards', 'caches'].every((part) => Array.isArray(value[part]));
}

type Part = Readonly<Record<string, unknown>>;

interface Line {
  readonly at: number;
  readonly event: Part;
}

type Needs = readonly (readonly [name: string, type: 'number' | 'string'])[];

const OF_DELIVERY: Needs = [
  ['id', 'number'],
  ['subscription', 'string'],
];

const OF_MESSAGE: Needs = [
  ['id', 'number'],
  ['topic', 'string'],
  ['type', 'string'],
];

/** What the model relies on. */
const NEEDED: ReadonlyMap<string, Needs> = new Map<string, Needs>([
  ['published', OF_MESSAGE],
  ['queued', [...OF_DELIVERY, ['depth', 'number']]],
  ['began', OF_DELIVERY],
  ['ended', OF_DELIVERY],
  ['dropped', OF_DELIVERY],
  ['wrote', [...OF_MESSAGE, ['updates', 'string'], ['snapshot', 'string']]],
  [
    'changed',
    [
      ['kind', 'string'],
      ['text', 'string'],
    ],
  ],
]);

function parse(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isPart(value) || !isPart(value.event)) return undefined;
    const { at, event } = value;
    return typeof at === 'number' && Number.isFinite(at) ? { at, event } : undefined;
  } catch {
    return undefined;
  }
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null;
}
