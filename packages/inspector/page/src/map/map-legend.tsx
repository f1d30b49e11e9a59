/** What the shapes on the map mean. */
export function MapLegend(): React.ReactNode {
  return (
    <details className="legend">
      <summary>Legend</summary>
      <ul>
        <li>
          <span className="legend__box" /> topic; a stack is folded: press Enter twice, or double-click
        </li>
        <li>
          <span className="legend__box legend__box--round" /> subscription, router, bridge
        </li>
        <li>
          <span className="legend__box legend__box--cache" /> cache
        </li>
        <li>
          <span className="legend__box legend__box--peer" /> peer
        </li>
        <li>Solid line: to a subscription. Dashed: a forward. Dotted: a cache or a peer.</li>
        <li>▲ congested, ▼ dropping, ✖ failing, ❚❚ paused</li>
      </ul>
    </details>
  );
}
