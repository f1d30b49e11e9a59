import type { Bus } from '@stasis-rx/core';
import { createContext, type Context } from 'react';

/** Where `BusProvider` puts the bus, and `useBus` finds it. */
export const BusContext: Context<Bus | undefined> = /* @__PURE__ */ createContext<Bus | undefined>(undefined);
