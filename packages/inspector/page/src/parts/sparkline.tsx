interface SparklineProps {
  /** From the past to now; `null` where there is no value. */
  readonly values: readonly (number | null)[];
  /** A second line, behind the first, of the same scale. */
  readonly behind?: readonly (number | null)[];
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** A line across, such as high water. */
  readonly limit?: number;
}

const WIDTH = 120;
const HEIGHT = 28;

/** A small chart of the last minutes. */
export function Sparkline({ values, behind = [], label, limit }: SparklineProps): React.ReactNode {
  const most = [...values, ...behind].reduce<number>((highest, value) => Math.max(highest, value ?? 0), 0);
  const isNear = limit !== undefined && most > limit / 4;
  const scale = Math.max(most, isNear ? limit : 0, Number.MIN_VALUE);
  const heightOf = (value: number): number => HEIGHT - 1 - (value / scale) * (HEIGHT - 3);
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {isNear && <line className="sparkline__limit" x1="0" x2={WIDTH} y1={heightOf(limit)} y2={heightOf(limit)} />}
      <path className="sparkline__behind" d={pathOf(behind, heightOf)} />
      <path className="sparkline__line" d={pathOf(values, heightOf)} />
    </svg>
  );
}

/** Interrupted where there is no value. */
function pathOf(values: readonly (number | null)[], heightOf: (value: number) => number): string {
  const step = WIDTH / Math.max(1, values.length - 1);
  let isDrawing = false;
  const parts: string[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) {
      isDrawing = false;
      continue;
    }
    const point = `${(index * step).toFixed(1)} ${heightOf(value).toFixed(1)}`;
    parts.push(isDrawing ? `L${point}` : `M${point}h0.5`);
    isDrawing = true;
  }
  return parts.join('');
}
