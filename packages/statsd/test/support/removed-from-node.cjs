'use strict';

/**
 * Preloaded into the StatsD server, which still writes its log with `util.log`: Node 23 removed it. Elsewhere it changes nothing.
 */
const util = require('node:util');

util.log ??= (...args) => console.log('%s', util.format(...args));
