import type { MessageType } from '@stasis-rx/core';
import { useSyncExternalStore } from 'react';
import { SHOWN } from '../../model/index.js';
import { useWallboard } from './wallboard-context.js';

/** What the board shows of a type; all of them are shown from the start. */
export function useShown<Data>(type: MessageType<Data>): Data {
  const { shown } = useWallboard();
  const message = useSyncExternalStore(
    (changed) => {
      const s = shown.watch(type, SHOWN).subscribe(changed);
      return () => s.unsubscribe();
    },
    () => shown.get(type, SHOWN),
  );
  if (message === undefined) throw new Error(`nothing is shown of ${type.name}`);
  return message.data as Data;
}
