import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { countText, durationText } from '../client/format.js';
import 'uplot/dist/uPlot.min.css';

interface SubscriptionChartProps {
  readonly label: string;
  readonly seconds: readonly number[];
  readonly lines: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  /** What the values are. */
  readonly unit: 'messages' | 'ms';
}

const HEIGHT = 150;
/** Told apart by dashes, too. */
const STYLES = [
  { colour: '--accent', dash: [] },
  { colour: '--accent', dash: [4, 4] },
  { colour: '--good', dash: [] },
  { colour: '--good', dash: [4, 4] },
];

/** A chart over the last two minutes. */
export function SubscriptionChart({ label, seconds, lines, unit }: SubscriptionChartProps): React.ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot>(null);
  const names = lines.map(({ name }) => name).join('\n');
  useEffect(() => {
    const place = element.current;
    if (place === null) return;
    const made = new UPlot(optionsOf(place, names.split('\n'), unit), [[]], place);
    chart.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: place.clientWidth, height: HEIGHT }));
    observer.observe(place);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [names, unit]);
  useEffect(() => {
    chart.current?.setData([[...seconds], ...lines.map(({ values }) => [...values])] as UPlot.AlignedData);
  });
  return <div ref={element} className="chart" role="img" aria-label={label} />;
}

function optionsOf(place: HTMLElement, names: readonly string[], unit: SubscriptionChartProps['unit']): UPlot.Options {
  // Read each time that it is drawn, so that it follows the theme.
  const colour = (name: string) => () => getComputedStyle(place).getPropertyValue(name);
  const nameOf = (tick: number): string => (unit === 'ms' ? durationText(tick) : countText(tick));
  const axis: UPlot.Axis = {
    stroke: colour('--ink-soft'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    size: 56,
  };
  return {
    width: place.clientWidth || 300,
    height: HEIGHT,
    legend: { show: names.length > 1, live: false },
    cursor: { show: false },
    scales: { y: { range: (_chart, _low, high) => [0, Math.max(1, (high || 0) * 1.1)] } },
    axes: [
      { ...axis, size: 28, values: (_chart, ticks) => ticks.map(timeOf) },
      { ...axis, values: (_chart, ticks) => ticks.map(nameOf) },
    ],
    series: [
      {},
      ...names.map((label, index): UPlot.Series => {
        const { colour: name = '--accent', dash = [] } = STYLES[index % STYLES.length] ?? {};
        return { label, stroke: colour(name), width: 1.5, dash, points: { show: false }, spanGaps: false };
      }),
    ],
  };
}

function timeOf(second: number): string {
  return new Date(second * 1000).toTimeString().slice(0, 8);
}
