import type { AnyMessageType, MessageOf } from '@stasis-rx/core';
import { useCached } from '@stasis-rx/react';
import { SHOWN } from '../../model/index.js';
import { useWallboard } from './wallboard-context.js';

/** What the board shows of a type. All types are shown from the start, before anything is rendered. */
export function useShown<Type extends AnyMessageType>(type: Type): MessageOf<Type>['data'] {
  const message = useCached(useWallboard().shown, type, SHOWN);
  if (message === undefined) throw new Error(`nothing of type ${type.name} is shown`);
  return message.data;
}
