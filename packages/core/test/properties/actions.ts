import { forwardAll, StasisError } from '@stasis-rx/core';
import { handlerCode } from './action.js';
import { describeMessage } from './failures.js';
import * as model from './model.js';
import { scriptIn } from './play.js';
import { publishOnModel } from './published.js';
import { sabotageCode } from './saboteur.js';
import { isPooled, topicCode, type CachingTopicName, type TopicName } from './topics.js';
import type { BusAction, BusStep } from './world.js';

// The lines of a program. Each tells the model first, and then the bus, which may run handlers before it returns.

export function publish(name: TopicName, type: model.PublishedName): BusAction {
  return {
    code: `${name}.publish(${type}())`,
    run(world) {
      const topic = world.topics[name];
      const message = publishOnModel(world, type, topic.real, topic.model);
      if (!topic.real.publish(message)) world.fault('publish told of a mailbox above high water');
    },
  };
}

export function observe(
  slot: string,
  name: TopicName,
  script: readonly BusStep[],
  throwsAt: number | undefined,
): BusAction {
  return {
    code: `${slot} = ${name}${sabotageCode(throwsAt)}.subscribe(${handlerCode(script)})`,
    run(world) {
      const topic = world.topics[name];
      const options = { script: scriptIn(world, script), throwsAt, describe: describeMessage };
      const onlooker = world.addOnlooker(model.observe(topic.model), options);
      onlooker.observe(topic.real);
      world.observers.set(slot, onlooker);
    },
  };
}

/** An observer of the bus itself. What it does must concern nothing that is being made: it is told in the middle of that. */
export function observeEvents(slot: string, throwsAt: number, script: readonly BusStep[]): BusAction {
  return {
    code: `${slot} = bus.events$${sabotageCode(throwsAt)}.subscribe(${handlerCode(script)})`,
    run(world) {
      const steps = script.values();
      const next = (): void => {
        steps.next().value?.run(world, () => world.failures.happen('', 'RxJS'));
      };
      world.observers.set(slot, world.events.sabotage(world, throwsAt, 'the bus', next));
    },
  };
}

export function stopObserving(slot: string): BusAction {
  return {
    code: `${slot}?.unsubscribe()`,
    run(world) {
      world.observers.get(slot)?.leave();
    },
  };
}

export function forward(slot: string, from: TopicName | CachingTopicName, to: TopicName): BusAction {
  return {
    code: `${slot} = forwardAll(${topicCode(from)}, ${to})`,
    run(world) {
      const source = world.topicOf(from);
      if (source === undefined) return;
      const target = world.topics[to];
      const isCycle = model.closesCycle(source.model, target.model);
      const cancelModel = isCycle ? undefined : model.forward(source.model, target.model);
      try {
        const handle = forwardAll(source.real, target.real);
        if (isCycle) world.fault('forwardAll closed a cycle');
        world.forwards.set(slot, () => {
          cancelModel?.();
          handle.cancel();
        });
      } catch (error) {
        if (!isCycle || !(error instanceof StasisError) || error.code !== 'FORWARD_CYCLE') throw error;
      }
    },
  };
}

export function cancel(slot: string): BusAction {
  return {
    code: `${slot}?.cancel()`,
    run(world) {
      world.forwards.get(slot)?.();
    },
  };
}

export function complete(name: TopicName): BusAction {
  return {
    code: `${name}.complete()`,
    run(world) {
      const topic = world.topics[name];
      model.end(topic.model, 'completed');
      topic.real.complete();
    },
  };
}

export function fail(name: TopicName): BusAction {
  return {
    code: `${name}.error(failure)`,
    run(world) {
      const topic = world.topics[name];
      const isLive = topic.model.ended === 'no';
      const isTaken = (): boolean => world.onlookers.some(({ taken }) => taken === failure);
      const failure = isLive ? world.failures.happen('TOPIC_FAILED', 'the bus', isTaken) : new Error('too late');
      model.end(topic.model, 'failed');
      topic.real.error(failure);
    },
  };
}

/** Asks for the topic by its name: the same one, or a new one where that has ended. */
export function reopen(name: TopicName): BusAction {
  return {
    code: `${name} = ${isPooled(name) ? 'pool' : 'bus'}.topic('${name}')`,
    run(world) {
      world.open(name);
    },
  };
}

export function deleteFromPool(name: 'x' | 'y'): BusAction {
  return {
    code: `pool.delete('${name}')`,
    run(world) {
      const topic = world.topics[name];
      const isThere = topic.model.ended === 'no';
      model.end(topic.model, 'completed');
      if (world.pool.delete(name) !== isThere) world.fault(`pool.delete('${name}') did not tell whether it was there`);
    },
  };
}
