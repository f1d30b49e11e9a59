import { useRef, useState } from 'react';
import { drawMap } from '../../../src/model/map/draw-map.js';
import { LiveMap } from '../../../src/model/map/live-map.js';
import { useInspector, useNowAndThen } from '../client/inspector-context.js';
import { countText } from '../client/format.js';
import { Button } from '../parts/button.js';
import { Empty } from '../parts/empty.js';
import { TextField } from '../parts/text-field.js';
import { useShortcut } from '../parts/use-shortcut.js';
import { useWhenChanged } from '../parts/use-when-changed.js';
import { layOut } from './lay-out.js';
import { MapCanvas } from './map-canvas.js';
import { MapDetail } from './map-detail.js';
import { MapLegend } from './map-legend.js';

const NOTHING: ReadonlySet<string> = new Set();

/** How the parts of the bus hang together, and what goes on between them. */
export function MapView(): React.ReactNode {
  const tick = useNowAndThen();
  const { model } = useInspector();
  const [search, setSearch] = useState('');
  const [unfolded, setUnfolded] = useState(NOTHING);
  const [selected, setSelected] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  useShortcut('/', () => field.current?.focus());
  const { description, descriptions } = model;
  const peers = model.peers.all();
  const graph = useWhenChanged([description, descriptions, peers.length, unfolded, search], () =>
    description === undefined ? undefined : drawMap(description, peers, { unfolded, search }),
  );
  const layout = useWhenChanged([graph?.signature], () => (graph === undefined ? undefined : layOut(graph)));
  const live = useWhenChanged([model, tick], () => new LiveMap(model));
  if (graph === undefined || layout === undefined) return <Empty>The bus has not told yet how it is made.</Empty>;
  const fold = (id: string, isUnfolded: boolean): void => {
    const next = new Set(unfolded);
    if (isUnfolded) next.add(id);
    else next.delete(id);
    setUnfolded(next);
  };
  const found = graph.nodes.filter(({ isFound }) => isFound);
  const node = graph.nodes.find(({ id }) => id === selected);
  return (
    <div className={`split ${node === undefined ? '' : 'split--open'}`}>
      <section className="split__main map" aria-label="Map of the bus">
        <form
          className="bar"
          role="search"
          aria-label="Search of the map"
          onSubmit={(event) => {
            event.preventDefault();
            setSelected(found[0]?.id);
          }}
        >
          <TextField label="Topic or subscription" value={search} onChange={setSearch} inputRef={field} />
          <Button onPress={() => setUnfolded(NOTHING)} isDisabled={unfolded.size === 0}>
            Fold all
          </Button>
          <output className="bar__count" aria-live="off" data-figure="map">
            {countText(description?.topics.length ?? 0)} topics, {countText(description?.subscriptions.length ?? 0)}{' '}
            subscriptions{search === '' ? '' : `, ${found.length} found`}
          </output>
          <MapLegend />
        </form>
        <MapCanvas {...{ graph, layout, live, selected, fold }} select={setSelected} />
      </section>
      {node !== undefined && (
        <MapDetail node={node} live={live.node(node)} fold={fold} close={() => setSelected(undefined)} />
      )}
    </div>
  );
}
