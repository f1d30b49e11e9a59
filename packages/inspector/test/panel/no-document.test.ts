import { openInspector } from '../../src/index.js';
import { openInspector as openInBrowser, serveInspector, serveRecording } from '../../src/index.browser.js';
import { bareShop } from '../support/orders.js';

test('openInspector says outside of a page that there is none, and what to use', () => {
  expect(() => openInspector(bareShop().bus)).toThrow(
    '[inspector] openInspector(): it needs a document. Use serveInspector().',
  );
  expect(() => openInBrowser(bareShop().bus)).toThrow('it needs a document');
});

test('what needs Node says so in a browser', async () => {
  await expect(serveInspector(bareShop().bus)).rejects.toThrow(
    '[inspector] serveInspector(): it needs Node. Use openInspector().',
  );
  await expect(serveRecording('')).rejects.toMatchObject({ code: 'NEEDS_NODE' });
});
