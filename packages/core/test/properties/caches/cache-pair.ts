import { createCache, messageType, type Cache, type Message, type MessageType } from '@stasis-rx/core';
import { isDeepStrictEqual } from 'node:util';
import { describeMessage } from '../failures.js';
import { ModelCache, type ModelSnapshot, type SnapshotId, type SnapshotType } from './model.js';

interface SnapshotData {
  readonly id: SnapshotId;
  readonly value: number;
  /** No two snapshots have the same. Aggregates have none. */
  readonly number?: number;
}

/** The message types that the cache takes. */
export const snapshots: Readonly<Record<SnapshotType, MessageType<SnapshotData>>> = {
  P: messageType<SnapshotData>('P'),
  Q: messageType<SnapshotData>('Q'),
};

export const snapshotTypes: readonly SnapshotType[] = ['P', 'Q'];
export const snapshotIds: readonly SnapshotId[] = ['', '0', 0];
export const entities: readonly string[] = ['local', 'east', 'west'];

/** The cache of a program: it sums up the values of `P`, and publishes the sums. */
export class CachePair {
  readonly model = new ModelCache();
  readonly real: Cache = createCache({
    id: (message) => (snapshots.P.is(message) || snapshots.Q.is(message) ? message.data.id : undefined),
    aggregate: {
      compute: ({ local, remotes }, changed) =>
        snapshots.P.is(changed) ? sum(changed.data.id, local === undefined ? remotes : [...remotes, local]) : null,
      publish: (topic, aggregate) => topic.publish(aggregate),
    },
  });

  /** C1, C3, C5: whatever can be read. Returns what is wrong, if anything is. */
  faultOf(): string | undefined {
    if (!this.model.isInUse) return undefined;
    const actual = { size: this.real.size, reads: this.#reads(), dumps: this.#dumps() };
    const expected = { size: this.model.snapshots.length, reads: this.#dueReads(), dumps: this.#dueDumps() };
    if (isDeepStrictEqual(actual, expected)) return undefined;
    return `the cache holds ${JSON.stringify(actual)}, and should hold ${JSON.stringify(expected)}`;
  }

  #reads(): unknown {
    return perId((type, id) => ({
      all: this.real.all(snapshots[type], id).map(describeMessage),
      each: [...entities, null].map((eid) => describe(this.real.get(snapshots[type], id, eid))),
    }));
  }

  #dueReads(): unknown {
    return perId((type, id) => ({
      all: this.model.all(type, id).map(({ text }) => text),
      each: [...entities, null].map((eid) => this.model.get(type, id, eid)?.text),
    }));
  }

  #dumps(): unknown {
    return [undefined, ...snapshotTypes].map((name) => {
      const type = name && snapshots[name];
      const dumps = [this.real.dumpAll(type), ...[...entities, null].map((eid) => this.real.dump(type, eid))];
      return dumps.map((list) => list.map(describeMessage).sort());
    });
  }

  #dueDumps(): unknown {
    return [undefined, ...snapshotTypes].map((name) => {
      const ofType = (list: readonly ModelSnapshot[]): readonly ModelSnapshot[] =>
        list.filter(({ type }) => name === undefined || type === name);
      const { snapshots: kept, aggregates } = this.model;
      const ofEntities = entities.map((entity) => kept.filter(({ eid }) => eid === entity));
      return [kept, ...ofEntities, aggregates].map((list) =>
        ofType(list)
          .map(({ text }) => text)
          .sort(),
      );
    });
  }
}

function sum(id: SnapshotId, parts: readonly Message[]): Message {
  const value = parts.reduce((total, { data }) => total + (data as SnapshotData).value, 0);
  return snapshots.P({ id, value }, { eid: null });
}

function perId(read: (type: SnapshotType, id: SnapshotId) => unknown): unknown {
  return snapshotTypes.flatMap((type) => snapshotIds.map((id) => ({ type, id, read: read(type, id) })));
}

function describe(message: Message | undefined): string | undefined {
  return message && describeMessage(message);
}
