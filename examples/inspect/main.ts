/** `npm run inspect`: a call centre in which something is wrong, and the inspector beside it. */
import { serveInspector } from '@stasis-rx/inspector';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createCallCentre, type CallCentre } from './call-centre.js';

const { values } = parseArgs({
  options: {
    /** Where the page is served. Default: a port that is free. */
    port: { type: 'string', default: '0' },
    /** 2 is twice as fast as recorded. */
    speed: { type: 'string', default: '1' },
    /** Plays the recording once, waits until everything is handled, and ends. */
    once: { type: 'boolean', default: false },
  },
});

/** Between the end of the recording and its next beginning, in milliseconds. */
const PAUSE_MS = 3000;

// From the first moment on, and however often: whatever has been started has to be ended.
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
process.stdout.on('error', () => stopping.abort()); // nobody reads it any more

try {
  await run(stopping.signal);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(stop: AbortSignal): Promise<void> {
  buildPageIfMissing();
  await using centre = createCallCentre();
  await using inspector = await serveInspector(centre.bus, { port: Number(values.port) });
  process.stdout.write(`The inspector: ${inspector.url}
In a terminal: npx stasis-inspect '${inspector.url}' top
Somebody is congested, somebody fails, somebody is slow, and somebody does everything twice. Ctrl-C ends it.
`);
  await playOn(centre, stop).catch((error: unknown) => {
    if (!stop.aborted) throw error;
  });
  process.stdout.write('Ending: everybody handles what is queued.\n');
}

/** The same ten seconds again and again, until it is stopped. */
async function playOn(centre: CallCentre, signal: AbortSignal): Promise<void> {
  do {
    await centre.play(Number(values.speed), signal);
    if (values.once) await centre.bus.settled();
    else await wait(PAUSE_MS, undefined, { signal });
  } while (!values.once);
}

/** The page is built with the packages; whoever has not built them needs it all the same. */
function buildPageIfMissing(): void {
  const inspector = new URL('../../packages/inspector/', import.meta.url);
  if (existsSync(new URL('dist/page/page.js', inspector))) return;
  process.stdout.write('Building the page, once.\n');
  execFileSync(process.execPath, [fileURLToPath(new URL('page/build.mjs', inspector))], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
