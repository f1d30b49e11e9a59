import { spreadOf } from '../harness/statistics.js';
import { figureRows, ratioRows, type RatioRow, type Report, type ScenarioReport } from './report.js';

/** What `--json` writes: every measurement, and what follows from them. Rates are per second. */
export function reportAsJSON({ machine, scenarios, figures, latencies, scales, browser }: Report): unknown {
  return {
    machine,
    scenarios: scenarios.map(withSpreads),
    ratios: ratioRows(scenarios).map(plainRatio),
    figures: figureRows(figures).map(({ target, value, holds }) => ({ ...target, name: target.value, value, holds })),
    latencies,
    scales,
    browser: browser && {
      version: browser.version,
      latencies: browser.latencies,
      scenarios: browser.scenarios.map(withSpreads),
      ratios: ratioRows(browser.scenarios).map(plainRatio),
    },
  };
}

function withSpreads({ results, ...scenario }: ScenarioReport): unknown {
  return { ...scenario, results: results.map((result) => ({ ...result, ...spreadOf(result.rates) })) };
}

function plainRatio({ target, of, ratio, standing }: RatioRow): unknown {
  return { ...target, of: of.name, ...ratio, standing };
}
