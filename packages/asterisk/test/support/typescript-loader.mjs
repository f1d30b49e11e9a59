import * as nodeModule from 'node:module';
import * as hooks from './typescript-hooks.mjs';

// Node 20 has only the older way, which newer ones warn of.
if (nodeModule.registerHooks !== undefined) nodeModule.registerHooks(hooks);
else nodeModule.register('./typescript-hooks.mjs', import.meta.url);
