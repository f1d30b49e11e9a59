// A worker's bus, which publishes as many notes as the page says; 0 tells it to leave.
import { subscribe } from '@stasis-rx/core';
import { join, Note } from '../../support/member.js';

const { bus, link, publish } = join('worker', self, { state: 7 });

subscribe(
  bus.topic('calls'),
  ({ eid, data }) => {
    if (eid !== 'page') return;
    if (data.n === 0) void link.close();
    else publish(data.n);
  },
  { accept: [Note] },
);
