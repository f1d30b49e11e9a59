import { handlerCode, type Action } from '../action.js';
import { describeMessage } from '../failures.js';
import { scriptIn } from '../play.js';
import { published } from '../published.js';
import { Witness } from '../witness.js';
import type { BusAction, BusStep } from '../world.js';
import type { Holder, StatesWorld } from './world.js';

export type StatesAction = Action<StatesWorld, Witness>;

/** What a state publishes. */
type TypeName = 'A' | 'B';

// The lines of a program that are about states. Like all others, they tell the model before the bus.

export function publish(id: string, type: TypeName): StatesAction {
  return {
    code: `states.publish('${id}', ${type}())`,
    run(world) {
      const message = published[type](world.nextNumber());
      world.model.hold(id, 'local');
      world.model.publish(id, 'local', type, describeMessage(message));
      world.real.publish(id, message);
    },
  };
}

export function remove(id: string): StatesAction {
  return {
    code: `states.remove('${id}')`,
    run(world) {
      const wasHeld = world.model.release(id, 'local');
      if (world.real.remove(id) !== wasHeld) world.fault(`states.remove('${id}') did not tell whether it was there`);
    },
  };
}

export function makePublisher(slot: string, id: string): StatesAction {
  return {
    code: `${slot} = states.publisher('${id}')`,
    run(world) {
      const holder = {};
      world.model.hold(id, holder);
      const publisher = world.real.publisher(id);
      world.addHolder(slot, {
        publish(type) {
          const message = published[type](world.nextNumber());
          world.model.publish(id, holder, type, describeMessage(message));
          publisher.publish(message);
        },
        letGo() {
          world.model.release(id, holder);
          publisher.unsubscribe();
        },
      });
    },
  };
}

/** Its handler does nothing more: whoever changes a state inside of it would do so in the middle of what changes it now. */
export function subscribe(slot: string, id: string): StatesAction {
  return {
    code: `${slot} = states.subscribe('${id}', handler())`,
    run(world) {
      const holder = {};
      const { topic } = world.model.hold(id, holder);
      const witness = new Witness(world, world.subscribeOnModel(topic, {}), scriptIn(world, []), 'the bus');
      world.witnesses.push(witness);
      world.model.tell(`subscribe ${id}`);
      const subscriber = world.real.subscribe(id, witness.handler);
      witness.subscription = subscriber.subscription;
      world.addHolder(slot, {
        letGo() {
          world.model.unsubscribe(id, holder, witness.model);
          subscriber.unsubscribe();
        },
      });
    },
  };
}

export function publishBy(slot: string, type: TypeName): StatesAction {
  return withHolder(slot, `publish?.(${type}())`, (holder) => holder.publish?.(type));
}

export function letGo(slot: string): StatesAction {
  return withHolder(slot, 'unsubscribe()', (holder) => {
    holder.letGo();
  });
}

/** X2: told in the order of what happens. */
export function observe(slot: string, script: readonly BusStep[]): StatesAction {
  return {
    code: `${slot} = states.observe(${handlerCode(script)})`,
    run(world) {
      const fail = (): Error => world.failures.happen('STATE_OBSERVER', 'the bus');
      const options = { script: scriptIn(world, script), fail, throwsAt: undefined, describe: (text: string) => text };
      const onlooker = world.addOnlooker(world.model.observe(), options);
      world.observers.set(slot, onlooker);
      const observer = world.real.observe({
        publish: (id, message) => onlooker.take(`publish ${id}: ${describeMessage(message)}`),
        subscribe: (id) => onlooker.take(`subscribe ${id}`),
        unsubscribe: (id) => onlooker.take(`unsubscribe ${id}`),
      });
      onlooker.attach(observer);
    },
  };
}

/** A line of other programs about a bus, which does the same here. */
export function shared<Given extends unknown[]>(
  action: (...given: Given) => BusAction,
): (...given: Given) => StatesAction {
  return (...given) => {
    const line = action(...given);
    return { code: line.code, run: (world, self) => line.run(world, self) };
  };
}

function withHolder(slot: string, code: string, run: (holder: Holder) => void): StatesAction {
  return {
    code: `${slot}?.${code}`,
    run(world) {
      const holder = world.holders.get(slot);
      if (holder !== undefined) run(holder);
    },
  };
}
