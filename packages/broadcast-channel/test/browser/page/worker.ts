import { join, type Member } from './join.js';

let member: Promise<Member> | undefined;

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  void (async () => {
    member ??= join('worker');
    const joined = await member;
    if (typeof data === 'number') joined.publish(data);
    else await joined.leave();
  })();
});
