import { writeFileSync } from 'node:fs';
import { chart } from './chart.js';
import { curves } from './curves.js';
import { documentText } from './document.js';
import { enginesPart } from './engines.js';
import { ratioRows, type Report } from './report.js';

const DOCS = new URL('../../../docs/', import.meta.url);

/** Writes `docs/performance.md` and its pictures. What another run has written about other versions of Node stays. */
export function writeDocument(report: Report): void {
  const document = new URL('performance.md', DOCS);
  writeFileSync(document, documentText(report, enginesPart(document)));
  writeFileSync(new URL('images/performance-scale.svg', DOCS), curves(report.scales));
  writeFileSync(new URL('images/performance.svg', DOCS), chart(ratioRows(report.scenarios)));
}
