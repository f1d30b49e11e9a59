// `npm run bench`: measures, prints, and writes the document.
import { writeFileSync } from 'node:fs';
import { hasBrowser, playInBrowser } from './browser/play-in-browser.js';
import { figures } from './figures/all.js';
import { atOnce } from './harness/at-once.js';
import { measureInProcess, measureLatencyInProcess, measureScaleInProcess, playInProcess } from './in-process.js';
import { couriers } from './latency/couriers.js';
import type { Latency } from './latency/measure-latency.js';
import {
  BROWSER,
  browserPaceOf,
  isWanted,
  LATENCY,
  latencyPaceOf,
  latencyStartsOf,
  paceOf,
  processesOf,
  readOptions,
  SCALE,
  scalePaceOf,
  trialPaceOf,
  usage,
  writesDocument,
  type Options,
} from './options.js';
import { reportAsJSON } from './report/json.js';
import { thisMachine } from './report/machine.js';
import { figureLines, latencyLine, scaleLines, scenarioLines } from './report/print.js';
import {
  figureRows,
  misses,
  ratioRows,
  type BrowserReport,
  type FigureReport,
  type Report,
  type ScaleReport,
  type ScenarioReport,
} from './report/report.js';
import { writeDocument } from './report/write-document.js';
import { scales } from './scale/scales.js';
import { scenarios } from './scenarios/all.js';

const names = [...[...scenarios, ...figures].map(({ name }) => name), LATENCY, SCALE, BROWSER];
const options = readOptions(process.argv.slice(2), names);
if (options === undefined) say(usage(names));
else await run(options);

async function run(options: Options): Promise<void> {
  // A path that cannot be written fails now, and not after three minutes.
  if (options.json !== undefined) writeFileSync(options.json, '');
  const report: Report = {
    machine: thisMachine(),
    scenarios: await playAll(options),
    figures: await measureAll(options),
    latencies: await measureLatencies(options),
    scales: await measureScales(options),
    browser: await playAllInBrowser(options),
  };
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify(reportAsJSON(report), undefined, 2)}\n`);
  }
  if (writesDocument(options)) writeDocument(report);
  if (options.quick) say('\nAll of it runs, and every message has arrived in order.\n');
  else judge(report, options);
}

function playAll(options: Options): Promise<ScenarioReport[]> {
  const wanted = scenarios.filter(({ name }) => isWanted(options, name));
  return atOnce(wanted, processesOf(options), async (scenario) => {
    const { name, title, detail, unit } = scenario;
    const report = { name, title, detail, unit, results: await playInProcess(scenario, paceOf(options)) };
    say(scenarioLines(report, !options.quick));
    return report;
  });
}

function measureAll(options: Options): Promise<FigureReport[]> {
  const wanted = figures.filter(({ name }) => isWanted(options, name));
  if (wanted.length > 0) say('\nfigures:\n');
  return atOnce(wanted, processesOf(options), async (figure) => {
    const report = { name: figure.name, values: await measureInProcess(figure, trialPaceOf(options)) };
    say(figureLines(report, !options.quick));
    return report;
  });
}

async function measureLatencies(options: Options): Promise<Latency[]> {
  if (!isWanted(options, LATENCY)) return [];
  say('\nlatency, in microseconds (median, 99 %, 99.9 %): lone; at half of what is possible:\n');
  return atOnce(couriers, processesOf(options), async (courier) => {
    const latency = await measureLatencyInProcess(courier, latencyStartsOf(options), latencyPaceOf(options));
    say(latencyLine(latency));
    return latency;
  });
}

async function measureScales(options: Options): Promise<ScaleReport[]> {
  if (!isWanted(options, SCALE)) return [];
  return atOnce(scales, processesOf(options), async (scale) => {
    const { name, what, timed } = scale;
    const report = { name, what, timed, points: await measureScaleInProcess(scale, scalePaceOf(options)) };
    say(scaleLines(report));
    return report;
  });
}

async function playAllInBrowser(options: Options): Promise<BrowserReport | undefined> {
  if (!isWanted(options, BROWSER)) return undefined;
  if (!hasBrowser()) {
    say('\nNO BROWSER: nothing was measured in Chromium. scripts/install-browser.sh installs it.\n');
    return undefined;
  }
  say('\nin Chromium:\n');
  return playInBrowser(browserPaceOf(options), latencyPaceOf(options), {
    onScenario: (report) => say(scenarioLines(report, false)),
    onLatency: (latency) => say(latencyLine(latency)),
  });
}

function judge(report: Report, { check }: Options): void {
  const ratios = ratioRows(report.scenarios);
  const values = figureRows(report.figures);
  const { judged, unjudged } = misses(ratios, values, report.machine);
  const page = `${report.machine.pageMicroseconds} µs`;
  if (unjudged.length > 0) say(`\nNot judged, where a page of memory takes ${page} to be had:\n${listed(unjudged)}`);
  if (judged.length > 0) say(`\nMissed:\n${listed(judged)}`);
  else if (ratios.length + values.length > 0) say('\nEvery floor and limit that is judged holds.\n');
  if (check && judged.length > 0) process.exitCode = 1;
}

function listed(sentences: readonly string[]): string {
  return sentences.map((sentence) => `  ${sentence}\n`).join('');
}

function say(text: string): void {
  process.stdout.write(text);
}
