import type { AttachedProbe, Bus, ProbeRecord } from '@stasis-rx/core';

/** What is used of a platform, to put a stretch of time on a track. */
export interface PerformancePanelTarget {
  /** Milliseconds; what the panel counts by. */
  now(): number;
  /** Draws a stretch of time. */
  span(label: string, start: number, end: number, track: string, group: string, color: string): void;
}

/** How it is shown. */
export interface PerformancePanelOptions {
  /** The name of the group of tracks. Default: the bus's name. */
  readonly group?: string | undefined;
  /** Where it is drawn. Default: `console.timeStamp`, else `performance.measure`. */
  readonly target?: PerformancePanelTarget | undefined;
}

/** So many messages are known by their type at a time: those that wait for longer than that have no name. */
const MAX_KNOWN = 10_000;

/**
 * Shows in the Performance panel of Chrome's developer tools what the handlers of a bus do: a track for each subscription,
 * with how long each message waited and how long it was handled. Nothing else is needed; stretches are only kept while the
 * panel records.
 *
 * @returns what ends it
 * @throws InvalidArgumentError when the bus is none
 * @example
 * const shown = showInPerformancePanel(bus);
 * shown.detach();
 */
export function showInPerformancePanel(bus: Bus, options: PerformancePanelOptions = {}): AttachedProbe {
  const { group = bus.name, target = platformTarget() } = options;
  const types = new Map<number, string>();
  const begins = new Map<string, number>();
  const begin = (key: string): void => void begins.set(key, target.now());
  const end = (key: string, record: ProbeRecord & { subscription: string }, what: string, color: string): void => {
    const start = begins.get(key);
    if (start === undefined) return;
    begins.delete(key);
    target.span(`${types.get(record.id) ?? '?'}${what}`, start, target.now(), record.subscription, group, color);
  };
  return bus.attach({
    published: ({ id, message }) => {
      types.set(id, message.type.name);
      if (types.size > MAX_KNOWN) types.delete(types.keys().next().value as number);
    },
    queued: (record) => begin(waitOf(record)),
    began: (record) => {
      end(waitOf(record), record, ' waits', 'secondary-light');
      begin(handlingOf(record));
    },
    ended: (record) => end(handlingOf(record), record, '', record.error === undefined ? 'primary' : 'error'),
    dropped: (record) => end(waitOf(record), record, ' dropped', 'error'),
  });
}

function waitOf({ id, subscription }: ProbeRecord & { subscription: string }): string {
  return `${id} ${subscription}`;
}

function handlingOf({ id, subscription }: ProbeRecord & { subscription: string }): string {
  return `${id}:${subscription}`;
}

type TimeStamp = (label: string, start: number, end: number, track: string, group: string, color: string) => void;

function platformTarget(): PerformancePanelTarget {
  const { timeStamp } = console as { readonly timeStamp?: TimeStamp };
  return {
    now: () => performance.now(),
    span:
      timeStamp === undefined
        ? (label, start, end, track, trackGroup, color) => {
            const devtools = { dataType: 'track-entry', track, trackGroup, color };
            performance.measure(label, { start, end, detail: { devtools } });
            performance.clearMeasures(label); // what the panel has seen need not be kept
          }
        : (...span) => timeStamp.apply(console, span),
  };
}
