import { PayloadLimit } from '../src/payload-limit.js';

it('B6: the largest frame is what the server takes now, and between two servers what the last one took', () => {
  const connection: { info?: { readonly max_payload: number } } = {};
  const limit = new PayloadLimit(connection as never);
  expect(limit.bytes).toBe(1_048_576);
  connection.info = { max_payload: 4096 };
  expect(limit.bytes).toBe(4096);
  delete connection.info;
  expect(limit.bytes).toBe(4096);
  connection.info = { max_payload: 65_536 };
  expect(limit.bytes).toBe(65_536);
});
