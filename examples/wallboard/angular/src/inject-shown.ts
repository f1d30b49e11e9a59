import { computed, inject, type Signal } from '@angular/core';
import { toCacheSignal } from '@stasis-rx/angular';
import type { AnyMessageType, MessageOf } from '@stasis-rx/core';
import { SHOWN } from '../../model/index.js';
import { WALLBOARD } from './provide-wallboard.js';

/** What the board shows of a type. All types are shown from the start, before anything is rendered. */
export function injectShown<Type extends AnyMessageType>(type: Type): Signal<MessageOf<Type>['data']> {
  const shown = toCacheSignal(inject(WALLBOARD).shown, type, SHOWN);
  return computed(() => {
    const message = shown();
    if (message === undefined) throw new Error(`nothing of type ${type.name} is shown`);
    return message.data;
  });
}
