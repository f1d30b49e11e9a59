// One scenario in a process of its own, so that no scenario meets code that another one has made polymorphic. Started by
// `inProcess`; sends its results to the parent.
import { play, type Pace } from './harness/play.js';
import { scenarios } from './scenarios/all.js';

const [name, pace] = process.argv.slice(2) as [string, string];
const scenario = scenarios.find((candidate) => candidate.name === name);
if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
const results = await play(await scenario.contenders(), JSON.parse(pace) as Pace);
process.send?.(results);
process.disconnect();
