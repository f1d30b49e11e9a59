import type { Overflow } from '@stasis-rx/core';
import { Tally } from '../tally.js';

/**
 * Mailboxes with a bound, written down a second time. When a message is taken is not foretold: whoever takes one tells the
 * model, and is told which one it has to be.
 */

export type TypeName = 'A' | 'B' | 'stasis_subscription_change';

export interface ModelTopic {
  readonly name: string;
  /** The topic to which this one is forwarded. */
  readonly parent: ModelTopic | undefined;
  isEnded: boolean;
  subscriptions: ModelMailbox[];
  readonly observers: readonly [];
  readonly tally: Tally;
}

export interface Limits {
  readonly accept: readonly TypeName[] | undefined;
  readonly highWater: number;
  readonly lowWater: number;
  /** `undefined`: no bound. */
  readonly bound: { readonly capacity: number; readonly overflow: Overflow } | undefined;
}

export interface ModelMessage {
  readonly type: TypeName;
  readonly text: string;
}

export class ModelMailbox {
  readonly id: string;
  readonly topic: ModelTopic;
  readonly limits: Limits;
  readonly waiting: ModelMessage[] = [];
  isSubscribed = true;
  /** Whether the filter keeps the final message from the handler. */
  isFinalHidden = false;
  isHigh = false;
  isOverflowing = false;
  readonly alerts: string[] = [];
  /** Types of the messages that were dropped. */
  readonly drops: TypeName[] = [];
  /** How often an overflow has to be reported. */
  overflows = 0;
  passed = 0;
  filtered = 0;
  maxDepth = 0;

  constructor(id: string, topic: ModelTopic, limits: Limits) {
    this.id = id;
    this.topic = topic;
    this.limits = limits;
  }

  get dropped(): number {
    return this.drops.length;
  }
}

export function modelTopic(name: string, parent?: ModelTopic): ModelTopic {
  return { name, parent, isEnded: false, subscriptions: [], observers: [], tally: new Tally() };
}

/** Returns what `publish` has to answer: whether every mailbox that it fed has room and stands within high water. */
export function publish(topic: ModelTopic, type: TypeName, text: string): boolean {
  if (topic.isEnded && type !== 'stasis_subscription_change') return true;
  const mailboxes = reach(topic).flatMap((reached) => reached.subscriptions);
  const fed = mailboxes.filter((mailbox) => accepts(mailbox, type));
  for (const mailbox of mailboxes) mailbox[fed.includes(mailbox) ? 'passed' : 'filtered']++;
  topic.tally.count(type, fed.length > 0);
  return fed.filter((mailbox) => !offer(mailbox, { type, text: `${text} from ${topic.name}` })).length === 0;
}

export function subscribe(topic: ModelTopic, id: string, limits: Limits): ModelMailbox {
  const mailbox = new ModelMailbox(id, topic, limits);
  topic.subscriptions.push(mailbox);
  publish(topic, 'stasis_subscription_change', `Subscribe ${id}`);
  if (topic.isEnded) unsubscribe(mailbox);
  return mailbox;
}

/** S4: the final message finds room whatever the capacity, and whatever the filter. */
export function unsubscribe(mailbox: ModelMailbox): void {
  if (!mailbox.isSubscribed) return;
  const { topic, id } = mailbox;
  mailbox.isSubscribed = false;
  topic.subscriptions = topic.subscriptions.filter((other) => other !== mailbox);
  mailbox.isFinalHidden = !accepts(mailbox, 'stasis_subscription_change');
  mailbox.waiting.push({ type: 'stasis_subscription_change', text: `Unsubscribe ${id} from ${topic.name}` });
  mailbox.maxDepth = Math.max(mailbox.maxDepth, mailbox.waiting.length);
  mailbox[mailbox.isFinalHidden ? 'filtered' : 'passed']++;
  publish(topic, 'stasis_subscription_change', `Unsubscribe ${id}`);
}

/** S5: its subscriptions do not see each other leave; those of the topic to which it is forwarded do. */
export function complete(topic: ModelTopic): void {
  const leaving = topic.subscriptions;
  topic.subscriptions = [];
  for (const mailbox of leaving) unsubscribe(mailbox);
  topic.isEnded = true;
}

/** The next message, taken to be handled. */
export function take(mailbox: ModelMailbox): ModelMessage | undefined {
  const message = mailbox.waiting.shift();
  const depth = mailbox.waiting.length;
  if (depth === 0) mailbox.isOverflowing = false;
  if (mailbox.isHigh && depth <= lowWaterOf(mailbox)) {
    mailbox.isHigh = false;
    mailbox.alerts.push(`clear at ${depth}`);
  }
  return message;
}

/** S10. Returns whether the mailbox took it, or does as if, and stands within high water. */
function offer(mailbox: ModelMailbox, message: ModelMessage): boolean {
  const { waiting, limits } = mailbox;
  const { capacity, overflow } = limits.bound ?? { capacity: Infinity, overflow: 'refuse' };
  waiting.push(message);
  const hasRoom = waiting.length <= capacity;
  if (!hasRoom) drop(mailbox, overflow === 'drop-oldest' ? waiting.shift() : waiting.pop());
  const depth = waiting.length;
  const isHigh = depth > limits.highWater;
  if (isHigh && !mailbox.isHigh) {
    mailbox.isHigh = true;
    mailbox.alerts.push(`high at ${depth}`);
  }
  mailbox.maxDepth = Math.max(mailbox.maxDepth, depth);
  return !isHigh && (hasRoom || overflow !== 'refuse');
}

/** A mailbox that is full is crowded, whatever its mark. */
function lowWaterOf({ limits: { lowWater, bound } }: ModelMailbox): number {
  return Math.min(lowWater, (bound?.capacity ?? Infinity) - 1);
}

function drop(mailbox: ModelMailbox, message: ModelMessage | undefined): void {
  if (message !== undefined) mailbox.drops.push(message.type);
  if (!mailbox.isOverflowing) mailbox.overflows++;
  mailbox.isOverflowing = true;
}

function accepts({ limits: { accept } }: ModelMailbox, type: TypeName): boolean {
  return accept === undefined || accept.includes(type);
}

function reach(topic: ModelTopic): ModelTopic[] {
  const { parent, isEnded } = topic;
  return isEnded || parent === undefined || parent.isEnded ? [topic] : [topic, parent];
}
