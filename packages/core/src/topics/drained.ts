import { StasisError } from '../errors/errors.js';
import type { Audience } from './audience.js';
import { fedBy } from './tap.js';

/** Resolves when no mailbox that a publish feeds stands above its low-water mark. Rejects as `topic.drained` does. */
export async function drained(audience: Audience): Promise<void> {
  const { busyMailboxes, delivery, gate } = audience.context;
  if (!gate.hasRoom) await gate.whenReleased();
  // What is being delivered runs on the stack of a handler at times, and is not that handler.
  const own = delivery.isBusy ? undefined : busyMailboxes.draining;
  const isWaitedFor = own?.waitForThis();
  for (;;) {
    const recipients = [...fedBy(audience)].flatMap((audience) => audience.recipients);
    const crowded = recipients.map(({ mailbox }) => mailbox).filter(({ backlog }) => !backlog.isLow);
    if (crowded.length === 0) return;
    if (isWaitedFor !== undefined && crowded.some((mailbox) => mailbox === own)) {
      for (let n = 0; n < MICROTASKS_TO_RETURN; n++) await Promise.resolve();
      if (isWaitedFor()) throw waitsForItself();
    }
    await Promise.all(crowded.map(({ backlog }) => backlog.whenLow()));
  }
}

/** So long it may take until it is seen that an asynchronous function has returned, which waited for nothing. */
const MICROTASKS_TO_RETURN = 8;

function waitsForItself(): StasisError {
  return new StasisError(
    'WAITS_FOR_ITSELF',
    '[core] topic.drained(): called inside a handler that this mailbox waits for: publish without waiting there.',
  );
}
