import { createBus, messages, messageType } from '@stasis-rx/core';
import type { AnyMessageType, Message, SubscriptionChangeData } from '@stasis-rx/core';
import { groupByType, type MessageGroup } from '@stasis-rx/router';
import { expectTypeOf } from 'expect-type';
import { mergeMap, of, type Observable } from 'rxjs';

interface Answered {
  id: string;
  agent: string;
}

const CallAnswered = messageType<Answered>('call_answered');
const calls = createBus().topic<Message<Answered>>('calls');

// A group has the message type as its key and emits what the source emits; nothing has to be said at the call.
const groups = calls.pipe(groupByType());
expectTypeOf(groups).toEqualTypeOf<Observable<MessageGroup<Message<Answered>>>>();
groups.subscribe((group) => {
  expectTypeOf(group.key).toEqualTypeOf<AnyMessageType>();
  expectTypeOf(group.key === CallAnswered).toEqualTypeOf<boolean>();
  // @ts-expect-error the key says which group it is, and stays
  group.key = CallAnswered;
});

// Flattened, the groups give the source's messages again.
const flattened = messages(calls).pipe(
  groupByType(),
  mergeMap((group) => group),
);
expectTypeOf(flattened).toEqualTypeOf<Observable<Message<Answered> | Message<SubscriptionChangeData>>>();

// @ts-expect-error only messages have a type
of(1, 2).pipe(groupByType());
