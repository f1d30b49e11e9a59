const COMMAND = 'a command line program, not the libraries that docs/semantics.md rules';
const ARI = "Asterisk's REST interface: how its events are fetched, read and turned into messages";
const SOCKETS = 'how packets travel; what is in them is D1 and D2, tested at the client';
const PART_OF_D1 = 'a private function behind D1, which is tested at the client';
const INSPECTOR = 'shows what probes tell (P1 to P3), and promises nothing about the bus';
const README = "runs the examples of documents, whose titles are the documents' headings";

/**
 * The test files that need not name a rule, and why: docs/semantics.md has nothing to say about what they test. An entry
 * that ends with `/` stands for everything in that folder.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const needsNoRule = {
  'packages/angular/test/angular-version.test.ts': 'which Angular the tests run on',
  'packages/angular/test/readme.test.ts': README,
  'packages/asterisk/test/ground/abortable-wait.test.ts':
    'how a replay waits; what it publishes is the business of its own tests',
  'packages/asterisk/test/connection/ari-connection.test.ts': ARI,
  'packages/asterisk/test/events/ari-time.test.ts': ARI,
  'packages/asterisk/test/ari/ari-url.test.ts': ARI,
  'packages/asterisk/test/ground/backoff.test.ts': ARI,
  'packages/asterisk/test/browser.test.ts': 'what the package loads, not what it does',
  'packages/asterisk/test/cli/': COMMAND,
  'packages/asterisk/test/events/json-copy.test.ts': ARI,
  'packages/asterisk/test/recordings/recording.test.ts': 'a file format',
  'packages/asterisk/test/recordings/replay-controls.test.ts': 'when recorded events are published, too',
  'packages/asterisk/test/recordings/replay.test.ts': 'when recorded events are published; the bus takes it from there',
  'packages/bridge/test/readme.test.ts': README,
  'packages/broadcast-channel/test/readme.test.ts': README,
  'packages/core/test/properties/check-property.test.ts': 'what a failing property prints',
  'packages/core/test/readme.test.ts': README,
  'packages/inspector/test/browser/': INSPECTOR,
  'packages/inspector/test/model/': INSPECTOR,
  'packages/inspector/test/panel/': INSPECTOR,
  'packages/inspector/test/performance/': INSPECTOR,
  'packages/inspector/test/readme.test.ts': README,
  'packages/inspector/test/recording/': INSPECTOR,
  'packages/inspector/test/redux/': INSPECTOR,
  'packages/inspector/test/serve/': INSPECTOR,
  'packages/inspector/test/session/': INSPECTOR,
  'packages/inspector/test/terminal/': INSPECTOR,
  'packages/message-port/test/readme.test.ts': README,
  'packages/nats/test/readme.test.ts': README,
  'packages/react/test/bus-provider.test.tsx': 'how React hands down a bus',
  'packages/react/test/react-version.test.ts': 'on what the tests run',
  'packages/react/test/readme.test.ts': README,
  'packages/router/test/readme.test.ts': README,
  'packages/statsd/test/ground/clean-text.test.ts': PART_OF_D1,
  'packages/statsd/test/packets/journal.test.ts': "the client's own counters",
  'packages/statsd/test/ground/plain-number.test.ts': PART_OF_D1,
  'packages/statsd/test/client/process-exit.test.ts': SOCKETS,
  'packages/statsd/test/readme.test.ts': README,
  'packages/statsd/test/transports/transport-error.test.ts': SOCKETS,
  'packages/statsd/test/transports/': SOCKETS,
  'packages/statsd/test/ground/utf8-length.test.ts': 'a private function that counts bytes',
};
