import { createBus, ofType, StasisError } from '@stasis-rx/core';
import type { StatsDStatistics } from '@stasis-rx/statsd';
import { interval } from 'rxjs';
import { AriGap, type AriGapData } from '../messages/ari-gap.js';
import { createAsteriskTopics } from '../topics/asterisk-topics.js';
import { startChannelStats } from '../statistics/channel-stats.js';
import { AriConnectionError } from '../ground/errors.js';
import type { CliOptions } from './arguments.js';
import { openSource, type JobSource } from './job-source.js';
import { formatDuration } from './metric-rows.js';
import { openMetricSink } from './metric-sink.js';
import { Problems } from './problems.js';
import { ReceivedMetrics } from './received-metrics.js';
import { openReference } from './reference.js';
import type { JobResult, JobStatus, View } from './view.js';

/**
 * Runs the channel statistics: from the source through the topics and the StatsD client to where the metric lines go.
 * When the signal aborts, what has been received is still counted and sent, and the promise resolves.
 *
 * A source that fails ends it, too: the result says why.
 *
 * @throws StasisError for a file that is missing or broken, before anything is shown
 */
export async function runJob(options: CliOptions, view: View, signal: AbortSignal): Promise<JobResult> {
  const source = await openSource(options.source, signal);
  const reference = await openReference(options);
  const metrics = new ReceivedMetrics();
  const problems = new Problems();
  const bus = createBus({ name: 'stasis-channel-stats', onError: problems.hook('messages not handled') });
  const asterisk = createAsteriskTopics(bus);
  const onLine = (line: string) => {
    metrics.add(line);
    reference.add(line);
  };
  const sinkOptions = { prefix: options.prefix, onLine, onError: problems.hook('StatsD errors') };
  const sink = await openMetricSink(options.statsd, asterisk.channels, sinkOptions);
  const status = jobStatus(source, metrics);

  view.start({ source: source.description, target: sink.description });
  const refreshing = interval(view.refreshMs).subscribe(() => view.update(status()));
  asterisk.channels.pipe(ofType(AriGap)).subscribe(({ data }) => problems.add('outages', describeGap(data)));
  const stats = startChannelStats(asterisk.channels, sink.statsd);
  let failure: string | null = null;
  try {
    await source.run(asterisk, { signal, onError: (error) => problems.add(kindOf(error), error.message) });
  } catch (error) {
    // What has been counted until then is shown all the same.
    if (!(error instanceof StasisError)) throw error;
    failure = error.message;
  } finally {
    refreshing.unsubscribe();
    stats.unsubscribe();
    await stats.join();
    await sink.close();
    await bus.close();
  }
  const wasInterrupted = signal.aborted;
  return {
    ...status(),
    ...reference.compare(!wasInterrupted && failure === null),
    ...sentLines(sink.statsd.statistics()),
    wasInterrupted,
    failure,
    problems: problems.lines(),
  };
}

function kindOf(error: Error): string {
  return error instanceof AriConnectionError ? 'warnings' : 'events skipped';
}

function describeGap({ since, until, ended, begun, refused }: AriGapData): string {
  const duration = formatDuration(until - since);
  const found = refused === true ? 'nothing could be listed' : `${ended} channels had ended, ${begun} were new`;
  return `nothing heard for ${duration}; ${found}`;
}

function sentLines({ lines, dropped }: StatsDStatistics): Pick<JobResult, 'sentLines' | 'lostLines'> {
  return { sentLines: lines - dropped, lostLines: dropped };
}

/** A function that says how far the job has come; the clock runs from now on. */
function jobStatus(source: JobSource, metrics: ReceivedMetrics): () => JobStatus {
  const startedAt = Date.now();
  return () => ({
    elapsedMs: Date.now() - startedAt,
    totalEvents: source.totalEvents,
    ...source.progress(),
    metrics: metrics.snapshot(),
  });
}
