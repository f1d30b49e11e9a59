import { useEffect, useEffectEvent, useState } from 'react';
import type { CacheHistory } from '../../../src/model/caches/cache-history.js';
import { useInspector, useNowAndThen } from '../client/inspector-context.js';
import { useNavigation } from '../client/navigation.js';
import { Empty } from '../parts/empty.js';
import { CacheChanges } from './cache-changes.js';
import { CacheChoice } from './cache-choice.js';
import { CacheEntries } from './cache-entries.js';
import { TimeTravel } from './time-travel.js';

/** What caches and states hold now, or held then, and what has changed them. */
export function CachesView(): React.ReactNode {
  useNowAndThen();
  const { model } = useInspector();
  const { place } = useNavigation();
  const caches = model.caches.all();
  const cache = (place.cache === undefined ? undefined : model.caches.get(place.cache)) ?? caches[0];
  if (cache === undefined) return <Empty>This bus has neither a caching topic nor a state manager.</Empty>;
  return (
    <div className="caches">
      <CacheChoice caches={caches} current={cache} />
      <Cache key={cache.updates} cache={cache} />
    </div>
  );
}

function Cache({ cache }: { readonly cache: CacheHistory }) {
  const client = useInspector();
  /** The how-manieth write is looked at, counted from the first that ever was; `undefined` for now. */
  const [moment, setMoment] = useState<number>();
  const ask = useEffectEvent(() => client.send({ is: 'cache', updates: cache.updates }));
  useEffect(() => ask(), [cache]);
  const first = cache.written - cache.length;
  const writes = moment === undefined ? cache.length : Math.max(0, Math.min(cache.length, moment - first));
  const entries = moment === undefined ? cache.entries() : cache.entriesAfter(writes);
  const change = moment === undefined || writes === 0 ? undefined : cache.at(writes - 1);
  return (
    <>
      <TimeTravel
        cache={cache}
        writes={writes}
        isNow={moment === undefined}
        onChange={(next) => setMoment(next === undefined ? undefined : first + next)}
      />
      <div className="caches__parts">
        <CacheEntries entries={entries} changed={change} isNow={moment === undefined} />
        <CacheChanges cache={cache} writes={writes} goTo={(next) => setMoment(first + next)} />
      </div>
    </>
  );
}
