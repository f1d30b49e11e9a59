import type { BeganRecord, DroppedRecord, EndedRecord, QueuedRecord } from '../../protocol/records.js';

/** What happens to one message at one subscription. */
export type DeliveryRecord = QueuedRecord | BeganRecord | EndedRecord | DroppedRecord;
