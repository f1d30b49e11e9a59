import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spreadOf } from '../harness/statistics.js';
import { inFull, rateInText, ratioInText } from './figures-in-text.js';
import { markdownTable } from './markdown-table.js';
import { ratioRows, type ScenarioReport } from './report.js';

const BEGIN = '<!-- engines: written by `npm run bench:engines` -->';
const END = '<!-- end of engines -->';
const NOTHING = 'Not measured yet.';

/** The scenarios, on one version of Node. */
export interface EngineReport {
  readonly node: string;
  readonly scenarios: readonly ScenarioReport[];
}

/** The part of the document that `npm run bench:engines` writes, as it stands there now. */
export function enginesPart(document: URL): string {
  const text = existsSync(document) ? readFileSync(document, 'utf8') : '';
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  return begin < 0 || end < begin ? `${BEGIN}\n\n${NOTHING}\n\n${END}` : text.slice(begin, end + END.length);
}

/** Puts another one in its place. */
export function replaceEnginesPart(document: URL, engines: readonly EngineReport[], date: string): void {
  const part = `${BEGIN}\n\n${engineTable(engines)}\n\nMeasured on ${date}.\n\n${END}`;
  writeFileSync(
    document,
    readFileSync(document, 'utf8').replace(enginesPart(document), () => part),
  );
}

function engineTable(engines: readonly EngineReport[]): string {
  const rows = engines.map(({ scenarios }) => ratioRows(scenarios));
  const body = (rows[0] ?? []).map(({ title, detail, target }, index) => [
    inFull(title, detail),
    target.against,
    ...rows.map((each) => {
      const row = each[index];
      return row === undefined ? '' : `${ratioInText(row.ratio.median)} (${rateInText(spreadOf(row.of.rates).median)})`;
    }),
  ]);
  return markdownTable([['what is delivered', 'against', ...engines.map(({ node }) => `Node ${node}`)], ...body]);
}
