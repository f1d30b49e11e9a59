import { createBus, messageType, subscribe, SubscriptionChange } from '@stasis-rx/core';
import type { Dispatcher, Message, SubscriptionChangeData } from '@stasis-rx/core';
import {
  createManualDispatcher,
  createRecorder,
  disposalContract,
  finalMessageContract,
  isolationContract,
  orderingContract,
} from '@stasis-rx/core/testing';
import type { ContractSubject, FinalMessageSubject } from '@stasis-rx/core/testing';
import { expectTypeOf } from 'expect-type';

const CallAnswered = messageType<{ id: string }>('call_answered');
const calls = createBus().topic<Message<{ id: string }>>('calls');

// A manual dispatcher goes where a dispatcher does.
expectTypeOf(createManualDispatcher()).toExtend<Dispatcher>();
createBus({ dispatcher: createManualDispatcher() });

// A recorder fits every subscription; told what it records, it knows the data.
const anything = createRecorder();
subscribe(calls, anything.handler);
subscribe(calls, anything.handler, { accept: [CallAnswered, SubscriptionChange] });
calls.subscribe(anything.handler);
expectTypeOf(anything.data).toEqualTypeOf<readonly unknown[]>();
const answered = createRecorder<Message<{ id: string }>>();
subscribe(calls, answered.handler);
expectTypeOf(answered.data[0]?.id).toEqualTypeOf<string | undefined>();
expectTypeOf(answered.changes[0]).toEqualTypeOf<SubscriptionChangeData | undefined>();
// @ts-expect-error what was received is not for the test to change
answered.data.push({ id: '1' });

// A subscription is all that the contracts want of a connection.
declare const subject: Omit<FinalMessageSubject, 'connect' | 'connectForNumbers'>;
const ordered: ContractSubject = { ...subject, connect: (receiver, options) => subscribe(calls, receiver, options) };
orderingContract(() => ordered);
finalMessageContract(() => ({
  ...subject,
  connect: (receiver, options) => subscribe(calls, receiver, options),
  connectForNumbers: (receiver) => subscribe(calls, receiver, { accept: [] }),
}));
isolationContract(() => ({ ...ordered, failures: [] }));
disposalContract(() => ({
  ...subject,
  connect: (receiver, options) => subscribe(calls, receiver, options),
  held: () => [],
}));
// @ts-expect-error this connection cannot be disposed of
disposalContract(() => ({ ...ordered, held: () => [] }));
