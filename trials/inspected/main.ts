// `npm run soak:inspector`: a busy bus with the inspector attached and its page open, for as long as one likes. Nothing may be
// lost on the bus, its order has to hold, memory has to stay within a bound, and the page has to go on drawing.
import { serveInspector } from '@stasis-rx/inspector';
import { parseArgs } from 'node:util';
import { Load } from './load.js';
import { openViewer } from './viewer.js';

const EVERY_MS = 10_000;
const LEAST_FRAMES = 30;
/** What the bus, the records that are kept and the queue may take together. */
const MAX_HEAP_MB = 512;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '600' }, rate: { type: 'string', default: '100000' } },
});
const seconds = Number(values.seconds);
const load = new Load(Number(values.rate));
const inspector = await serveInspector(load.bus);
const viewer = await openViewer(inspector.url);

let worstHeap = 0;
let fewestFrames = Infinity;
load.start();
for (let at = 0, frames = await viewer.frames(); at < seconds * 1000; at += EVERY_MS) {
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  globalThis.gc?.(); // what is kept counts, not what has not been collected yet
  const heap = process.memoryUsage().heapUsed / 1_048_576;
  const drawn = await viewer.frames();
  const perSecond = ((drawn - frames) * 1000) / EVERY_MS;
  frames = drawn;
  worstHeap = Math.max(worstHeap, heap);
  fewestFrames = Math.min(fewestFrames, perSecond);
  say(`${load.published} published, heap ${heap.toFixed(0)} MB, ${perSecond.toFixed(0)} frames a second`);
}
await load.stop();
const { problems } = viewer;
await viewer.close();
await inspector.close();

say(`published ${load.published}, handled ${load.handled.join(', ')}, violations ${load.violations}`);
say(
  `heap at most ${worstHeap.toFixed(0)} MB (limit ${MAX_HEAP_MB}), frames at least ${fewestFrames.toFixed(0)} a second`,
);
for (const problem of problems.slice(0, 5)) say(`the page says: ${problem}`);
const isFine =
  load.violations === 0 && worstHeap <= MAX_HEAP_MB && fewestFrames >= LEAST_FRAMES && problems.length === 0;
process.exitCode = isFine ? 0 : 1;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
