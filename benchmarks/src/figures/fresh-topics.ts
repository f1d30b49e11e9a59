import { Subject } from 'rxjs';
import { haveMemory, withYoungGeneration } from '../harness/have-memory.js';
import { TimeRatio, TRIAL_NODE_OPTIONS, type Trial } from '../harness/time-ratio.js';
import { Sample } from '../scenarios/samples.js';
import type { Figure } from './figure.js';
import { expectAll } from './growth/operation.js';
import { publishingFirst } from './growth/topics.js';

const TOPICS = 100_000;
/** Room for all of them. */
const YOUNG_MB = 512;

/** What a topic costs until it has been published on for the first time, when nobody listens. */
export const freshTopics: Figure = {
  name: 'fresh-topics',
  nodeOptions: [...TRIAL_NODE_OPTIONS, ...withYoungGeneration(YOUNG_MB)],
  async measure(pace) {
    haveMemory(YOUNG_MB);
    const timeToSubjects = new TimeRatio(
      () => publishingFirst(TOPICS),
      () => nextOnSubjects(TOPICS),
    );
    await timeToSubjects.measure(pace);
    return { timeToSubjects: timeToSubjects.value };
  },
};

/** Makes Subjects, and calls `next` once on each. They are kept, as a bus keeps its topics, but by no name. */
function nextOnSubjects(count: number): Trial {
  const message = Sample({ n: 1 });
  const subjects: Subject<Sample>[] = [];
  return {
    run() {
      for (let made = 0; made < count; made++) {
        const subject = new Subject<Sample>();
        subject.next(message);
        subjects.push(subject);
      }
    },
    check: () => expectAll(count, 'Subjects', subjects.length),
  };
}
