import { spreadOf } from '../harness/statistics.js';
import { inFull, quartilesInText, rateInText, ratioInText, valueInText } from './figures-in-text.js';
import { scaleSentence } from './curves.js';
import { latencyTable } from './latency-table.js';
import type { Machine } from './machine.js';
import { markdownTable } from './markdown-table.js';
import { figureRows, ratioRows, type BrowserReport, type FigureRow, type RatioRow, type Report } from './report.js';

/**
 * `docs/performance.md`: what a run has measured, and how to read it.
 *
 * @param engines the part about other versions of Node, which another run has written
 */
export function documentText(
  { machine, scenarios, figures, latencies, scales, browser }: Report,
  engines: string,
): string {
  return `# Performance

This page is written by \`npm run bench\`; do not edit it. It compares the bus with its peers, on one machine, in one run.
Rates depend on the machine. Ratios depend on it less, and are what is checked: \`npm run bench -- --check\` fails when one
falls below its floor, or a figure above its limit.

![How many times as fast as its peers](images/performance.svg)

## The machine

${machineText(machine)}

## Rates

${ratioTable(ratioRows(scenarios))}

Rates are millions of deliveries a second (of subscriptions where these are counted, of updates for the cache, of lines
for StatsD), as medians of all rounds.

## Figures

${figureTable(figureRows(figures))}

## Latency

${latencyTable(latencies)}

Microseconds to the handler. "Lone" is one message at a time, from before its publish: it is handled, and a task has passed, before
the next one is published. "Under load" half as many are published as can be at most, in each task those that are due, and it is
measured from when each was due, so that whatever stops a process for a while counts. That load is in millions a second, and each
way has its own. The clock is read for each message, which takes longer than most of these ways do.

## Few and many

![What a publish costs as there is more of something](images/performance-scale.svg)

${scales.map((scale) => `- ${scaleSentence(scale)}`).join('\n')}

A subscription is woken for what is published in one go; where there are 100,000, each is woken for a single message, and that is
what it costs then.

## On other versions of Node

The ratios, and in brackets the rates, in millions a second. Another one has another compiler: what is tuned for one alone shows here.

${engines}

## In a browser

${browserText(browser)}

${HOW_TO_READ}

${WHERE_NOT}
`;
}

function machineText(machine: Machine): string {
  const { date, processor, cores, memoryGigabytes, system, node, v8, load, pageMicroseconds, packages } = machine;
  const versions = Object.entries(packages).map(([name, version]) => [name, version.replace('^', '')]);
  return `Measured on ${date}: ${processor}, ${cores} cores, ${memoryGigabytes} GB of memory, ${system},
Node ${node} (V8 ${v8}). In the minute before, ${load} processes wanted to run, on average; on an idle machine it is 0.
A page of memory takes ${pageMicroseconds} µs until it can be written to for the first time. Above 2, the rows that need new
memory all the time are not judged: they would measure that.

${markdownTable([['package', 'version'], ...versions])}`;
}

function ratioTable(rows: readonly RatioRow[]): string {
  const head = ['what is delivered', 'rate', 'against', 'its rate', 'ratio', 'half of the rounds', 'floor', 'aim', ''];
  return markdownTable([
    head,
    ...rows.map(({ title, detail, of, against, ratio, target, standing }) => [
      inFull(title, detail),
      rateInText(spreadOf(of.rates).median),
      against.name,
      rateInText(spreadOf(against.rates).median),
      ratioInText(ratio.median),
      quartilesInText(ratio),
      target.floor === undefined ? '' : String(target.floor),
      target.aim === undefined ? '' : String(target.aim),
      standing === 'free' ? 'for information' : standing,
    ]),
  ]);
}

function figureTable(rows: readonly FigureRow[]): string {
  return markdownTable([
    ['what', 'measured', 'limit', 'aim', ''],
    ...rows.map(({ target: { title, unit, limit, aim }, value, holds }) => [
      title,
      valueInText(value, unit),
      limit === undefined ? '' : valueInText(limit, unit),
      aim === undefined ? '' : valueInText(aim, unit),
      limit === undefined ? 'for information' : holds ? 'holds' : 'missed',
    ]),
  ]);
}

function browserText(browser: BrowserReport | undefined): string {
  if (browser === undefined) return 'Not measured: the machine had no Chromium.';
  return `The queued and the synchronous scenarios in headless Chromium ${browser.version}, on a page of its own for each. Here
nothing has a floor. A page's clock is coarse, so single rounds differ more.

${markdownTable([
  ['what is delivered', 'rate', 'against', 'its rate', 'ratio', 'half of the rounds'],
  ...ratioRows(browser.scenarios).map(({ title, detail, of, against, ratio }) => [
    inFull(title, detail),
    rateInText(spreadOf(of.rates).median),
    against.name,
    rateInText(spreadOf(against.rates).median),
    ratioInText(ratio.median),
    quartilesInText(ratio),
  ]),
])}

${latencyTable(browser.latencies)}

Latencies in microseconds, as above. The clock of a page goes in steps of 100 µs, so what is shorter is 0 or 100.`;
}

const HOW_TO_READ = `## How to read it

- **Contenders take turns.** Each scenario has a process of its own, in which ours and its peers are measured one after
  the other, round by round, each round beginning with another one; it is started three times. The ratio is taken within
  each round, and its median is what counts: what slows the machine down for a while slows both sides. "Half of the
  rounds" are its quartiles.
- **Every message is checked.** All handlers, ours and the peers', count their messages and fold their numbers into a
  checksum that depends on the order. After each turn numbered messages are sent as well. A message that is missing, that
  came twice or out of order ends the run.
- **One message object is published again and again**, unless a scenario says "fresh": delivery is measured, and not the
  making of messages.
- **What is measured is the built packages**, as users load them, with default options. Handlers do next to nothing; with
  handlers that do something the ratios shrink towards 1.
- **The peers are used at their best.** Subject + concatMap has the cheapest handlers there are: they end at once with
  \`EMPTY\`, so nothing is ever queued. Behind a handler that takes its time, some hundreds of queued messages overflow
  the stack ([why-not.test.ts](../packages/core/test/errors/why-not.test.ts)). emittery is awaited message by message, which is
  faster than starting a burst of calls. Effect publishes with its unsafe function, outside of its runtime, and a fiber
  takes one message after the other. pubsub-js sets a timer for each publish, so a burst of 1,000 waits about a
  millisecond for them; a burst of 10,000 spreads that wait over more messages. hot-shots writes to a stream that takes
  everything at once, without tags and telemetry.
- **The bus does more than its peers** for each message: filters, forwards, exact statistics, one order for all topics, and
  handlers that may fail or be asynchronous.

\`npm run bench -- --help\` lists the options; [benchmarks/README.md](../benchmarks/README.md) tells how it works.`;

const WHERE_NOT = `## Where something else is the better choice

- **A plain emitter, called synchronously, with handlers that you trust.** nanoevents is a lookup and a loop. It has no
  protection from a handler that throws or publishes, and none is needed where one module talks to itself.
- **Whole arrays.** Where messages come as arrays and may be handled as arrays, Effect's \`publishAll\` and \`takeAll\`,
  or a call of a function with the array, hand over a thousand for the price of a few. A bus hands over messages.
- **A cache that nobody else watches** is a \`Map\`.
- **Between processes** the network decides: what a bridge costs there, \`npm run bench:nats\` measures
  ([nats.md](nats.md#measured)).`;
