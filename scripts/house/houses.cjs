'use strict';

/**
 * A package as a house. Its floors, the top one first; on each floor its rooms by name, with a sentence about what lives in
 * them. A room is a folder in the package's `src`; `index.ts` is the front door.
 *
 * @typedef {object} House
 * @property {string} name the package's folder
 * @property {readonly Readonly<Record<string, string>>[]} floors
 */

/**
 * The one source of what may know what: the rules of `npm run cycles`, the pictures, and the tables in CONTRIBUTING.md come
 * from here. Packages with one room only are not listed.
 *
 * @type {readonly House[]}
 */
const houses = [
  {
    name: 'core',
    floors: [
      {
        'index.ts': 'The front door: names what is public.',
        testing:
          'What tests of a user need: a manual dispatcher, a recorder, `assertImmutable`, a snapshot serializer, and the contract suites.',
      },
      {
        states: 'The state manager, with its explicit publishers, its subscribers and its observers.',
        operators:
          'A subscription as an Observable (`messages`), and RxJS operators: `ofType`, `serialize`, `conflate`.',
      },
      { bus: 'The bus: makes and names topics, tells of events, keeps statistics, and closes.' },
      {
        subscriptions:
          'A subscription and its handler: filters, abort signals, congestion, final messages, and async iteration.',
        caches: 'The last snapshot of each id: the cache, its writer, its watchers, and the topic of its updates.',
      },
      {
        topics:
          'The topic, its audience and its forwards, topic pools, and the dispatch plans that say who hears a publish.',
      },
      {
        watching:
          'One publish and what becomes of it: its context, its receipt, the probes that watch it, and the events of a bus.',
      },
      {
        messages:
          'Messages and their types: freezing, validation, formatters, and the types that the bus itself publishes.',
      },
      {
        mailbox:
          'Queues what is delivered and drains it, one item at a time: dispatchers, time slices, water marks, overflow.',
      },
      {
        errors:
          'The errors, the checks of arguments, and how what a handler or an observer throws is contained and reported.',
      },
    ],
  },
  {
    name: 'bridge',
    floors: [
      {
        'index.ts': 'The front door: names what is public.',
        testing: 'The contract of bridges, which every transport runs: crossing, delivery, snapshots.',
      },
      {
        bridge:
          'The bridge itself: its options, its lanes both ways, and the conversation that keeps them in step with others.',
      },
      {
        receiving:
          'From frames to messages on the bus: order, once and only once, what is missing, and the snapshots of others.',
      },
      {
        sending:
          'From messages on the bus to frames: the queue of records, the window of unconfirmed frames, the outbox.',
        membership: 'Who takes part: announcing oneself, knowing the others, and being ready.',
      },
      {
        protocol:
          'What buses write to each other: frames, control messages, codecs, lanes, and what a transport has to do.',
      },
      {
        ground:
          'What stands by itself: clock, job queue, ranges, waiters, safe data, and the events and statistics of a bridge.',
      },
    ],
  },
  {
    name: 'inspector',
    floors: [
      {
        'index.ts': 'The front door: names what is public.',
        'index.browser.ts': 'The same door in browsers, where nothing is served.',
        terminal: 'The command line program: lists, logs and a live table, of a running bus or a recording.',
      },
      {
        panel: 'Opens the page inside an application, in a frame or a window.',
        serve: 'Serves the page and its WebSocket, to those who have the token.',
      },
      {
        session: 'One client: what it is told, in batches and bounded, and what it may ask for.',
        model: 'What a client makes of what it is told: messages, causes, subscriptions, caches, the map.',
        redux: 'A bus in the Redux DevTools.',
      },
      {
        recording: 'Keeps what probes tell, shows it when somebody looks, writes it down and plays it again.',
        performance: 'A bus in the Performance panel of the browser.',
      },
      { protocol: 'What an inspected bus and its clients say to each other, and the lines of a recording.' },
      {
        ground: 'What stands by itself: clock, limits, and checks of options.',
        'page.ts': 'What stands in for the page until it is built.',
      },
    ],
  },
  {
    name: 'asterisk',
    floors: [
      {
        'index.ts': 'The front door: names what is public, and loads in browsers.',
        cli: 'The command line program: runs the statistics job, shows it, and compares its lines with those of Asterisk.',
      },
      {
        connection: 'The connection to a live Asterisk, from the first attempt to the last, and what users see of it.',
      },
      {
        reconcile:
          'Lists what Asterisk has, compares it with what is held, and publishes the difference; events wait meanwhile.',
      },
      {
        ari: 'How to speak with Asterisk: addresses, the WebSocket, REST calls, signs of life, and events that wait to be taken.',
        recordings: 'Recorded events: reading the file, and replaying them in time, with controls.',
      },
      {
        routes: 'What is published for each kind of ARI event, and on which topics.',
        statistics: 'The channel statistics, as Asterisk itself counts them.',
      },
      { topics: 'The topics on which an Asterisk speaks, and what is alive in it: by id, the last snapshot of each.' },
      { messages: 'The message types, and the data that each of them carries.' },
      { snapshots: 'Channels, bridges, endpoints, playbacks and recordings, as ARI shows them.' },
      { events: 'Reads an ARI event: its frame, its fields, its times.' },
      {
        ground: 'What stands by itself: errors, back-off, time slices, hooks of users, and waits that can be aborted.',
      },
    ],
  },
  {
    name: 'statsd',
    floors: [
      { 'index.ts': 'The front door: names what is public.' },
      { client: 'The client, its options, the counting of messages, and the writing of metrics.' },
      { aggregation: 'Adds up what waits for the next flush, so that one line is sent where many calls were made.' },
      {
        metrics: 'One metric as a line: its kind, its name, its tags, its sampling.',
        transports:
          "How packets travel: UDP, TCP, unix sockets, or a transport of the user's own; links that are lost.",
      },
      { packets: 'Fills packets with lines, and counts what became of them.' },
      { ground: 'What knows nothing of metrics: texts and numbers as servers read them, timers, and waiting so long.' },
    ],
  },
];

module.exports = { houses };
