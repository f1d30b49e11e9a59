// `npm run bench`: measures, prints, and writes the document.
import { writeFileSync } from 'node:fs';
import { hasBrowser, playInBrowser } from './browser/play-in-browser.js';
import { figures } from './figures/all.js';
import { measureInProcess, playInProcess } from './in-process.js';
import {
  BROWSER,
  browserPaceOf,
  isWanted,
  paceOf,
  readOptions,
  trialPaceOf,
  usage,
  writesDocument,
  type Options,
} from './options.js';
import { reportAsJSON } from './report/json.js';
import { thisMachine } from './report/machine.js';
import { figureLines, scenarioLines } from './report/print.js';
import {
  figureRows,
  misses,
  ratioRows,
  type BrowserReport,
  type FigureReport,
  type Report,
  type ScenarioReport,
} from './report/report.js';
import { writeDocument } from './report/write-document.js';
import { scenarios } from './scenarios/all.js';

const names = [...scenarios, ...figures, { name: BROWSER }].map(({ name }) => name);
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
    browser: await playAllInBrowser(options),
  };
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify(reportAsJSON(report), undefined, 2)}\n`);
  }
  if (writesDocument(options)) writeDocument(report);
  if (options.quick) say('\nAll of it runs, and every message has arrived in order.\n');
  else judge(report, options);
}

async function playAll(options: Options): Promise<ScenarioReport[]> {
  const reports: ScenarioReport[] = [];
  for (const scenario of scenarios.filter(({ name }) => isWanted(options, name))) {
    const { name, title, detail, unit } = scenario;
    const report = { name, title, detail, unit, results: await playInProcess(scenario, paceOf(options)) };
    reports.push(report);
    say(scenarioLines(report, !options.quick));
  }
  return reports;
}

async function measureAll(options: Options): Promise<FigureReport[]> {
  const reports: FigureReport[] = [];
  for (const figure of figures.filter(({ name }) => isWanted(options, name))) {
    const report = { name: figure.name, values: await measureInProcess(figure, trialPaceOf(options)) };
    if (reports.length === 0) say('\nfigures:\n');
    reports.push(report);
    say(figureLines(report, !options.quick));
  }
  return reports;
}

async function playAllInBrowser(options: Options): Promise<BrowserReport | undefined> {
  if (!isWanted(options, BROWSER)) return undefined;
  if (!hasBrowser()) {
    say('\nNO BROWSER: nothing was measured in Chromium. scripts/install-browser.sh installs it.\n');
    return undefined;
  }
  say('\nin Chromium:\n');
  return playInBrowser(browserPaceOf(options), (report) => {
    say(scenarioLines(report, false));
  });
}

function judge(report: Report, { check }: Options): void {
  const ratios = ratioRows(report.scenarios);
  const values = figureRows(report.figures);
  const missed = misses(ratios, values);
  if (missed.length > 0) say(`\nMissed:\n${missed.map((miss) => `  ${miss}\n`).join('')}`);
  else if (ratios.length + values.length > 0) say('\nEvery floor and limit holds.\n');
  if (check && missed.length > 0) process.exitCode = 1;
}

function say(text: string): void {
  process.stdout.write(text);
}
