import { createBus, messageType } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import { map, scan } from 'rxjs';

const CallAnswered = messageType<{ id: string; agent: string }>('call_answered');
const CallEnded = messageType<{ id: string; seconds: number }>('call_ended');

const bus = createBus();
const calls = bus.topic('calls');
const router = createMessageRouter(calls);

router
  .route(CallEnded)
  .pipe(
    map(({ data }) => data.seconds),
    scan((total, seconds) => total + seconds, 0),
  )
  .subscribe({
    next: (total) => {
      console.log(`${total} seconds so far`);
    },
    complete: () => {
      console.log('the router has ended');
    },
  });

router.add(CallAnswered, ({ data }) => {
  console.log(`${data.agent} answered call ${data.id}`);
});

calls.publish(CallEnded({ id: '1', seconds: 90 }));
calls.publish(CallAnswered({ id: '2', agent: 'ann' }));
calls.publish(CallEnded({ id: '2', seconds: 5 }));
await bus.close();
