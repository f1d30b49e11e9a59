// A backend for the npm package `statsd`: prints every flush as one line of JSON.
exports.init = (_startupTime, _config, events) => {
  events.on('flush', (_timestamp, { counters, gauges, timers, sets }) => {
    const members = Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, set.values()]));
    process.stdout.write(`FLUSH ${JSON.stringify({ counters, gauges, timers, sets: members })}\n`);
  });
  return true;
};
