import type { Probe } from '@stasis-rx/core';

/** What a probe is told of. */
export type Part = keyof Probe;

/** A record of the probe's, as it was told, and of what it tells. */
export type Kept = { readonly [Name in Part]: { readonly is: Name; readonly record: ToldOf<Name> } }[Part];

/** What a part of a probe is told. */
export type ToldOf<Name extends Part> = Parameters<NonNullable<Probe[Name]>>[0];
