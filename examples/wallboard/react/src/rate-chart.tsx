import type { ReactNode } from 'react';
import { CallRate } from '../../model/index.js';
import { useShown } from './use-shown.js';

export function RateChart(): ReactNode {
  const { perMinute, bars, slots, top, barText, summary } = useShown(CallRate);
  return (
    <section className="board__rate panel" aria-labelledby="rate-title">
      <div className="panel__head">
        <h2 className="panel__title" id="rate-title">
          Calls per minute
        </h2>
        <span className="panel__count" data-figure="calls-per-minute">
          {perMinute.toLocaleString('en-GB')}
        </span>
        <span className="panel__note">a bar is {barText}</span>
      </div>
      <figure className="chart">
        <div className="chart__scale" aria-hidden="true">
          <span>{top.toLocaleString('en-GB')}</span>
          <span>{(top / 2).toLocaleString('en-GB')}</span>
          <span>0</span>
        </div>
        <div className="chart__plot">
          <svg
            className="chart__bars"
            viewBox={`0 0 ${slots} ${top}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={summary}
          >
            {bars.map((height, index) => (
              <rect className="chart__bar" key={index} x={index + 0.1} y={top - height} width={0.8} height={height} />
            ))}
          </svg>
        </div>
      </figure>
    </section>
  );
}
