import { indented } from '../action.js';
import type { ChannelName } from './ground.js';
import { NestedObserver, type NestedStep } from './observer.js';
import { types, type Line } from './stage.js';

// The lines of a program: each does what its code says, on whatever ground.

export function publish(name: ChannelName, type: keyof typeof types): Line {
  return {
    code: `${name}.next(${type}())`,
    run(stage) {
      stage.ground.channels[name].next(types[type](stage.nextMessage()));
    },
  };
}

export function observe(slot: string, name: ChannelName, script: readonly NestedStep[]): Line {
  return {
    code: `${slot} = ${name}.subscribe(${scriptCode(script)})`,
    run(stage) {
      const observer = new NestedObserver(stage, script);
      stage.observers.set(slot, observer);
      observer.observe(stage.ground.channels[name]);
    },
  };
}

export function leave(slot: string): Line {
  return {
    code: `${slot}?.unsubscribe()`,
    run(stage) {
      stage.observers.get(slot)?.subscription.unsubscribe();
    },
  };
}

/** Only in an observer. */
export function leaveSelf(): Line {
  return {
    code: 'self.unsubscribe()',
    run(_, self) {
      self?.subscription.unsubscribe();
    },
  };
}

export function complete(name: ChannelName): Line {
  return {
    code: `${name}.complete()`,
    run(stage) {
      stage.ground.channels[name].complete();
    },
  };
}

export function fail(name: ChannelName): Line {
  return {
    code: `${name}.error('failure')`,
    run(stage) {
      stage.ground.channels[name].error('failure');
    },
  };
}

/** The subject's own `unsubscribe`, after which it is closed. */
export function close(name: ChannelName): Line {
  return {
    code: `${name}.unsubscribe()`,
    run(stage) {
      stage.ground.channels[name].unsubscribe();
    },
  };
}

function scriptCode(script: readonly NestedStep[]): string {
  const steps = script.map(({ lines, isThrowing }) => {
    const written = [...lines.map(({ code }) => `${code};`), ...(isThrowing ? ['throw failure;'] : [])];
    return written.length === 0 ? '() => {}' : `() => {${indented(written.map((line) => `\n${line}`).join(''))}\n}`;
  });
  return steps.length === 0 ? '' : `handler(${indented(steps.map((step) => `\n${step},`).join(''))}\n)`;
}
