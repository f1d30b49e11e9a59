import { isMessageType } from '../messages/message-type.js';
import type { AnyMessageType } from '../messages/message.js';

/** What `expect.addSnapshotSerializer` of jest and vitest takes. */
export interface MessageTypeSerializer {
  /** Whether a value is a message type. */
  readonly test: (value: unknown) => boolean;
  /** How it is shown. */
  readonly serialize: (value: AnyMessageType) => string;
}

/**
 * Shows message types by their names in snapshots, for `expect.addSnapshotSerializer` of jest and vitest: by themselves
 * they show every function alike. In a message the name of its type is shown in any case (M5).
 *
 * @example
 * expect.addSnapshotSerializer(messageTypeSerializer);
 */
export const messageTypeSerializer: MessageTypeSerializer = {
  test: isMessageType,
  serialize: ({ name }) => `[MessageType ${name}]`,
};
