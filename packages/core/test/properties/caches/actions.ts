import { CacheClear, createCachingTopic, type CacheChange } from '@stasis-rx/core';
import type { Message, Topic } from '@stasis-rx/core';
import { handlerCode } from '../action.js';
import { describeMessage } from '../failures.js';
import * as model from '../model.js';
import { scriptIn } from '../play.js';
import { sabotageCode } from '../saboteur.js';
import type { CachingTopicName, TopicName, TopicPair } from '../topics.js';
import type { BusAction, BusStep, World } from '../world.js';
import { snapshots } from './cache-pair.js';
import { changeText, type ModelSnapshot, type SnapshotId, type SnapshotType } from './model.js';

/** Which snapshot a line is about. */
export interface SnapshotKey {
  readonly type: SnapshotType;
  readonly id: SnapshotId;
  readonly eid: string;
}

// The lines of a program that are about its cache. Like all others, they tell the model before the bus.

export function publishSnapshot(name: TopicName, key: SnapshotKey, value: number): BusAction {
  return {
    code: `${name}.publish(${keyCode(key, value)})`,
    run(world) {
      const topic = world.topics[name];
      const { message, snapshot } = makeSnapshot(world, key, value);
      world.origins.set(message, topic.real);
      model.publish(topic.model, key.type, snapshot.text, { snapshot, isClear: false });
      topic.real.publish(message);
      // C3: a read finds it at once, also in the middle of a handler.
      world.fault(world.cache.faultOf());
    },
  };
}

/** C4: clears what may be there or not. */
export function clear(name: TopicName, key: SnapshotKey): BusAction {
  return {
    code: `${name}.publish(CacheClear(${keyCode(key)}))`,
    run(world) {
      const topic = world.topics[name];
      const message = clearOnModel(world, topic, key);
      topic.real.publish(CacheClear(message));
      world.fault(world.cache.faultOf());
    },
  };
}

export function clearCached(slot: CachingTopicName, key: SnapshotKey): BusAction {
  return {
    code: `${slot}?.clear(${keyCode(key)})`,
    run(world) {
      const pair = world.cachingTopics.get(slot);
      if (pair === undefined) return;
      const message = clearOnModel(world, pair.watched, key);
      pair.real.clear(message);
      world.fault(world.cache.faultOf());
    },
  };
}

/** C2, C7: several of them write the one cache. */
export function cacheTopic(slot: CachingTopicName, name: TopicName): BusAction {
  return {
    code: `${slot} = createCachingTopic(${name}, cache)`,
    run(world) {
      const watched = world.topics[name];
      const updates = model.modelTopic(freeName(world, `${watched.model.name}-cached`));
      if (watched.model.ended === 'no') watched.model.writers.push(world.cache.model.writer(watched.model, updates));
      else model.end(updates, 'completed');
      const real = createCachingTopic(watched.real, world.cache.real);
      world.addCachingTopic(slot, {
        real,
        updates: { real: real.topic as unknown as Topic, model: updates },
        watched,
      });
    },
  };
}

export function stopCaching(slot: CachingTopicName): BusAction {
  return {
    code: `${slot}?.unsubscribe()`,
    run(world) {
      const pair = world.cachingTopics.get(slot);
      if (pair === undefined) return;
      const { writers } = pair.watched.model;
      const index = writers.findIndex(({ updates }) => updates === pair.updates.model);
      if (index >= 0) writers.splice(index, 1);
      model.end(pair.updates.model, 'completed');
      pair.real.unsubscribe();
    },
  };
}

export function joinCaching(slot: CachingTopicName): BusAction {
  return {
    code: `${slot}?.join()`,
    run(world) {
      const pair = world.cachingTopics.get(slot);
      if (pair === undefined) return;
      const ended = pair.real.join().then(() => {
        if (!pair.real.topic.isCompleted) world.fault(`${slot}.join() resolved too early`);
      });
      world.promises.push(ended);
    },
  };
}

/** C5: no gap, and nothing twice. */
export function watch(
  slot: string,
  type: SnapshotType,
  id: SnapshotId,
  script: readonly BusStep[],
  throwsAt: number | undefined,
): BusAction {
  const operators = sabotageCode(throwsAt);
  return {
    code: `${slot} = cache.watch(${type}, ${JSON.stringify(id)})${operators}.subscribe(${handlerCode(script)})`,
    run(world) {
      const options = { script: scriptIn(world, script), throwsAt, describe: describeSnapshot };
      const onlooker = world.addOnlooker(world.cache.model.watch(type, id), options);
      world.observers.set(slot, onlooker);
      onlooker.observe(world.cache.real.watch(snapshots[type], id));
    },
  };
}

/** C5: each change of a type, of whatever id. */
export function follow(
  slot: string,
  type: SnapshotType,
  script: readonly BusStep[],
  throwsAt: number | undefined,
): BusAction {
  return {
    code: `${slot} = cache.changes(${type})${sabotageCode(throwsAt)}.subscribe(${handlerCode(script)})`,
    run(world) {
      const options = { script: scriptIn(world, script), throwsAt, describe: describeChange };
      const onlooker = world.addOnlooker(world.cache.model.follow(type), options);
      world.observers.set(slot, onlooker);
      onlooker.observe(world.cache.real.changes(snapshots[type]));
    },
  };
}

function clearOnModel(world: World, topic: TopicPair, key: SnapshotKey): Message {
  const { message, snapshot } = makeSnapshot(world, key, 0);
  model.publish(topic.model, 'stasis_cache_clear', `clear ${snapshot.text}`, { snapshot, isClear: true });
  return message;
}

function makeSnapshot(
  world: World,
  { type, id, eid }: SnapshotKey,
  value: number,
): { readonly message: Message; readonly snapshot: ModelSnapshot } {
  const data = { id, value, number: world.nextNumber() };
  const text = `${type}(${JSON.stringify(data)})${eid === 'local' ? '' : `@${eid}`}`;
  return { message: snapshots[type](data, { eid }), snapshot: { type, id, eid, value, text } };
}

/** With a number behind it where the name is taken. */
function freeName(world: World, name: string): string {
  const isTaken = (candidate: string): boolean => world.liveTopics.some((topic) => topic.name === candidate);
  if (!isTaken(name)) return name;
  let number = 2;
  while (isTaken(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}

function describeSnapshot(snapshot: Message | undefined): string {
  return snapshot === undefined ? 'nothing' : describeMessage(snapshot);
}

function describeChange({ id, snapshot }: CacheChange): string {
  return changeText(id as SnapshotId, describeSnapshot(snapshot));
}

function keyCode({ type, id, eid }: SnapshotKey, value?: number): string {
  const data = value === undefined ? '' : `, value: ${value}`;
  return `${type}({ id: ${JSON.stringify(id)}${data} }${eid === 'local' ? '' : `, { eid: '${eid}' }`})`;
}
