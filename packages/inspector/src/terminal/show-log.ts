import { EVERYTHING, matcherOf } from '../model/messages/message-filter.js';
import type { MessageRow } from '../model/messages/message-row.js';
import { Model } from '../model/model.js';
import { textOfShown } from '../model/values/text-of-shown.js';
import type { Report } from '../protocol/frames.js';
import type { InspectorRecord } from '../protocol/records.js';
import type { CommandLine } from './command-line.js';
import type { Connection } from './connection.js';
import { jsonLine, plainText } from './plain-text.js';
import type { Terminal } from './terminal.js';

/** Messages that a line may still be about. */
const MESSAGES_KEPT = 20_000;

/** Writes a line for each message, and one for whatever went wrong with it, as they come. */
export async function showLog(connection: Connection, line: CommandLine, terminal: Terminal): Promise<void> {
  const log = new Log(line, terminal);
  for await (const report of connection.reports()) {
    if (report.is === 'hello') connection.send({ is: 'watch', records: true, statisticsMs: null });
    log.take(report);
  }
}

class Log {
  readonly #line: CommandLine;
  readonly #terminal: Terminal;
  readonly #model = new Model({ maxMessages: MESSAGES_KEPT });
  readonly #matches: (row: MessageRow) => boolean;

  constructor(line: CommandLine, terminal: Terminal) {
    this.#line = line;
    this.#terminal = terminal;
    const { type, topic, text } = line;
    this.#matches = matcherOf({ ...EVERYTHING, type, topic, text });
  }

  take(report: Report): void {
    if (report.is === 'snapshot') this.#model.apply({ ...report, records: [] });
    if (report.is === 'description') this.#model.apply(report);
    if (report.is === 'records') this.#takeRecords(report.records);
    else if (report.is === 'snapshot' && this.#line.all) this.#takeRecords(report.records);
    const lost = 'lost' in report ? (report.lost ?? 0) : 0;
    if (lost > 0) this.#terminal.complain(`stasis-inspect: ${lost} records are lost`);
  }

  #takeRecords(records: readonly InspectorRecord[]): void {
    for (const record of records) {
      this.#model.apply({ is: 'records', records: [record] });
      const row = 'id' in record ? this.#model.messages.get(record.id) : undefined;
      if (row !== undefined && this.#isAsked(record) && this.#matches(row)) this.#write(record, row);
    }
  }

  /** With a subscription: what happens there. Without: each message once, and what went wrong. */
  #isAsked(record: InspectorRecord): boolean {
    const { subscription } = this.#line;
    if (subscription === '') {
      return record.is === 'published' || record.is === 'dropped' || (record.is === 'ended' && 'error' in record);
    }
    if (record.is !== 'began' && record.is !== 'ended' && record.is !== 'dropped') return false;
    const name = this.#model.subscriptions.get(record.subscription)?.name ?? '';
    return `${record.subscription} ${name}`.toLowerCase().includes(subscription.toLowerCase());
  }

  #write(record: InspectorRecord, row: MessageRow): void {
    const { write } = this.#terminal;
    if (this.#line.json) {
      write(jsonLine(record));
      return;
    }
    write(
      `${plainText(`${new Date(record.at).toISOString()} ${row.id} ${row.topic} ${row.type} ${endOf(record, row)}`)}\n`,
    );
  }
}

function endOf(record: InspectorRecord, { data, cause }: MessageRow): string {
  if (record.is === 'dropped') return `dropped by ${record.subscription}`;
  if (record.is === 'began') return `begins at ${record.subscription} ${textOfShown(data)}`;
  if (record.is === 'ended') {
    return record.error === undefined
      ? `ended at ${record.subscription}`
      : `failed at ${record.subscription}: ${record.error}`;
  }
  return `${textOfShown(data)}${cause === undefined ? '' : ` because of ${cause}`}`;
}
