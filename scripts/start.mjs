// `npm start`: builds the packages, then runs the channel statistics job in this process. Arguments are passed on.
// The script is `exec node …` so that no shell stands between npm and the job when Ctrl-C is pressed.
console.error('Building the packages (some seconds the first time) ...');
await import('./build.mjs');
await import('../packages/asterisk/bin/stasis-channel-stats.js');
