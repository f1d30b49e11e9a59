import { Membership } from '../../src/membership/membership.js';
import type { BridgeEvent } from '@stasis-rx/bridge';

function membership(maxSilence = 3) {
  const events: BridgeEvent[] = [];
  const calls: string[] = [];
  const members = new Membership({
    maxSilence,
    emit: (event) => events.push(event),
    joined: (peer) => calls.push(`joined ${peer}`),
    left: (peer) => calls.push(`left ${peer}`),
    lost: (peer) => calls.push(`lost ${peer}`),
  });
  return { members, events, calls };
}

describe('Membership', () => {
  it('B9: a peer that is not heard while own beats come back is lost', () => {
    const { members, calls } = membership(3);
    members.heard('a', 'e1');
    for (let beat = 0; beat < 3; beat++) members.tick();
    expect(members.eids).toEqual(['a']);
    members.tick();
    expect(members.eids).toEqual([]);
    expect(calls).toEqual(['joined a', 'lost a']);
  });

  it('B9: a peer that is heard again and again stays', () => {
    const { members, calls } = membership(3);
    for (let beat = 0; beat < 20; beat++) {
      members.heard('a', 'e1');
      members.tick();
    }
    expect(calls).toEqual(['joined a']);
  });

  it('B9: nobody is lost while this bus cannot even hear itself', () => {
    const { members } = membership(3);
    members.heard('a', 'e1');
    expect(members.eids).toEqual(['a']); // No beat of its own came back, however long that took.
  });

  it('B9: a new epoch joins anew, and the old one cannot come back without being told of', () => {
    const { members, events } = membership();
    members.heard('a', 'e1');
    members.heard('a', 'e2');
    members.heard('a', 'e1');
    expect(events).toEqual([
      { type: 'peer-joined', peer: 'a', epoch: 'e1' },
      { type: 'peer-joined', peer: 'a', epoch: 'e2' },
      { type: 'duplicate-eid', peer: 'a' },
    ]);
  });

  it('B9: what comes of a bus after its farewell does not bring it back', () => {
    const { members, calls, events } = membership();
    members.heard('a', 'e1');
    members.left('a', 'e1');
    members.heard('a', 'e1');
    members.left('a', 'e1');
    expect(members.eids).toEqual([]);
    for (let beat = 0; beat < 4; beat++) members.tick();
    expect(calls).toEqual(['joined a', 'left a', 'lost a']);
    expect(events.map(({ type }) => type)).toEqual(['peer-joined', 'peer-left']);
  });

  it('B9: the farewell of a former epoch does not take the present one away', () => {
    const { members } = membership();
    members.heard('a', 'e1');
    members.heard('a', 'e2');
    members.left('a', 'e1');
    expect(members.eids).toEqual(['a']);
  });

  it('B1, B9: frames of a former life, which may have been stored for long, tell of no other process', () => {
    const { members, events } = membership(1);
    members.received('a', 'e1');
    members.heard('a', 'e2');
    for (const epoch of ['e1', 'e0', 'e1']) members.received('a', epoch);
    members.tick();
    members.received('a', 'e1');
    members.tick();
    expect(members.eids).toEqual(['a']);
    expect(events).toEqual([
      { type: 'peer-joined', peer: 'a', epoch: 'e1' },
      { type: 'peer-joined', peer: 'a', epoch: 'e2' },
    ]);
    members.heard('a', 'e1');
    expect(events.at(-1)).toEqual({ type: 'duplicate-eid', peer: 'a' });
  });
});
