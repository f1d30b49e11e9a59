import { writeFileSync } from 'node:fs';
import { chart } from './chart.js';
import { documentText } from './document.js';
import { ratioRows, type Report } from './report.js';

const DOCS = new URL('../../../docs/', import.meta.url);

/** Writes `docs/performance.md` and its picture. */
export function writeDocument(report: Report): void {
  writeFileSync(new URL('performance.md', DOCS), documentText(report));
  writeFileSync(new URL('images/performance.svg', DOCS), chart(ratioRows(report.scenarios)));
}
