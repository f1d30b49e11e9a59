/* global Deno */
import { tests } from './suite.mjs';

const sanitize = { sanitizeOps: true, sanitizeResources: true }; // a timer or a socket that is left behind fails the test

for (const [title, run] of tests) Deno.test(title, sanitize, run);
