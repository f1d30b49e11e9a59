#!/usr/bin/env node
import { main } from '../dist/esm/terminal/main.js';

await main(process);
