import { messageType } from '../../src/index.js';
import { messageTypeSerializer } from '../../src/testing/index.js';

it('M5: shows message types by their names in snapshots, and leaves other functions alone', () => {
  expect.addSnapshotSerializer(messageTypeSerializer);

  expect({ type: messageType('ping'), other: () => undefined }).toMatchInlineSnapshot(`
    {
      "other": [Function],
      "type": [MessageType ping],
    }
  `);
});
