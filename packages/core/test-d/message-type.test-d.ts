import { format, isMessage, messageType, revise, toJSON } from '@stasis-rx/core';
import type { AnyMessageType, Message, MessageJSON, MessageOf, MessageType, StandardSchema } from '@stasis-rx/core';
import { expectTypeOf } from 'expect-type';

interface Call {
  id: string;
  agent: string;
  tags: string[];
}

const CallAnswered = messageType<Call>('call_answered');
const Tick = messageType('tick');

// M1: data is what the type says, and a message of one type is a message.
const answered = CallAnswered({ id: '1', agent: 'ann', tags: [] }, { eid: 'node-b', timestamp: 0 });
expectTypeOf(answered).toEqualTypeOf<Message<Call>>();
expectTypeOf(answered).toExtend<Message>();
expectTypeOf(answered.type).toEqualTypeOf<AnyMessageType>();
expectTypeOf(answered.data.agent).toEqualTypeOf<string>();

// @ts-expect-error data is required
CallAnswered();
// @ts-expect-error data lacks a field
CallAnswered({ id: '1', agent: 'ann' });
// @ts-expect-error data has a field of another type
CallAnswered({ id: 1, agent: 'ann', tags: [] });
// @ts-expect-error an entity id is text or null
CallAnswered({ id: '1', agent: 'ann', tags: [] }, { eid: 7 });

// A type without data takes none.
Tick();
Tick(undefined, { eid: null });
// @ts-expect-error there is no data to give
Tick({ id: '1' });

// M3: nothing of a message can be written to, however deep.
// @ts-expect-error data stays
answered.data = { id: '2', agent: 'bob', tags: [] };
// @ts-expect-error a field of data stays
answered.data.agent = 'bob';
// @ts-expect-error an array in data stays
answered.data.tags.push('vip');

// M3: a revision works on a draft, which can be written to.
const revised = revise(answered, (draft) => {
  draft.agent = 'bob';
  draft.tags.push('vip');
});
expectTypeOf(revised).toEqualTypeOf<Message<Call>>();

// M2: the guard narrows.
declare const unknownMessage: unknown;
if (CallAnswered.is(unknownMessage)) expectTypeOf(unknownMessage).toEqualTypeOf<Message<Call>>();

// M5: a formatter gets a message with its data.
messageType<Call>('call', { formatters: { json: (message) => ({ id: message.data.id }) } });
// @ts-expect-error the data has no such field
messageType<Call>('call', { formatters: { json: (message) => message.data.nobody } });

// M1: with a schema, what goes in and what comes out are inferred from it.
declare const orderSchema: StandardSchema<{ amount: string }, { amount: number }>;
const Order = messageType('order', { schema: orderSchema });
expectTypeOf(Order({ amount: '3' })).toEqualTypeOf<Message<{ amount: number }>>();
// @ts-expect-error the schema takes text
Order({ amount: 3 });
// @ts-expect-error what the message carries is what the schema returns
Order({ amount: '3' }).data.amount.trim();
messageType('order', { schema: orderSchema, formatters: { json: ({ data }) => data.amount.toFixed(2) } });
// @ts-expect-error that is no schema
messageType('order', { schema: { validate: () => true } });

// M1: a schema may declare the types of its data only, as Zod and its like do.
const tagged = {
  '~standard': { version: 1, vendor: 'test', validate: () => ({ value: ['a'] }), types: undefined },
} as StandardSchema<string[] | undefined, string[]>;
const Tagged = messageType('tagged', { schema: tagged });
expectTypeOf(Tagged()).toEqualTypeOf<Message<string[]>>();
expectTypeOf(Tagged(['a'])).toEqualTypeOf<Message<string[]>>();

// M3: Maps and Sets in data can be read, and not written to.
const Ringing = messageType<{ at: Map<string, number>; who: Set<string> }>('ringing');
const ringing = Ringing({ at: new Map(), who: new Set() });
expectTypeOf(ringing.data.at.get('desk')).toEqualTypeOf<number | undefined>();
// @ts-expect-error a Map in data stays
ringing.data.at.set('desk', 1);
// @ts-expect-error a Set in data stays
ringing.data.who.add('ann');

// M3: a recipe may return new data, of the same type only.
revise(answered, () => ({ id: '2', agent: 'eve', tags: [] }));
// @ts-expect-error the new data is of another type
revise(answered, () => ({ id: 2 }));

// M1: what an envelope holds stays.
// @ts-expect-error a timestamp stays
answered.timestamp = 0;
// @ts-expect-error an entity id stays
answered.eid = null;

// M2: guards narrow what is unknown, and messages of a union.
declare const received: Message<Call> | Message<{ busy: boolean }>;
declare const Busy: MessageType<{ busy: boolean }>;
if (isMessage(unknownMessage)) expectTypeOf(unknownMessage).toEqualTypeOf<Message>();
if (Busy.is(received)) expectTypeOf(received.data.busy).toEqualTypeOf<boolean>();
expectTypeOf<MessageOf<typeof CallAnswered>>().toEqualTypeOf<Message<Call>>();

// M5: nothing is known of a form but that it is one.
expectTypeOf(format(answered, 'json')).toEqualTypeOf<unknown>();
expectTypeOf(toJSON(answered, { eid: 'node-a' })).toEqualTypeOf<MessageJSON>();
