#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { main } from '../dist/esm/cli/main.js';

await main(process, fileURLToPath(new URL('../recordings/calls-40.ari.jsonl.gz', import.meta.url)));
