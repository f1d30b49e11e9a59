import { PROTOCOL, type Report, type Request } from '../../../src/protocol/frames.js';
import { MessageList } from '../../../src/model/messages/message-list.js';
import { Model } from '../../../src/model/model.js';
import { Recorder } from '../../../src/model/recording/recorder.js';
import type { ReadRecording } from '../../../src/model/recording/read-recording.js';
import { Backlog } from './backlog.js';
import type { Carrier, CarrierEvents } from './carrier.js';
import { Frames } from './frames.js';
import { Playback } from './playback.js';
import { Slices } from './slices.js';
import { CONNECTING, LIVE, NOTHING, type Status } from './status.js';

/** How often counters are told, in milliseconds. */
const STATISTICS_MS = 1000;
/** So often a recording that is played is looked at, in milliseconds. */
const PLAY_MS = 16;

/** What the page looks at: a bus that speaks over a carrier, or a recording. */
export class InspectorClient {
  readonly recorder: Recorder = new Recorder();
  readonly frames: Frames = new Frames(() => this.#beforeFrame());
  model: Model = new Model({ recorder: this.recorder });
  /** The messages that are listed. Another one with each model. */
  list: MessageList = new MessageList(this.model.messages);
  status: Status = NOTHING;
  /** How many batches of records were passed over, since they came faster than they can be taken. */
  shed = 0;
  /** The recording that is looked at; `undefined` when it is a bus. */
  playback: Playback | undefined;
  readonly #backlog = new Backlog();
  readonly #slices = new Slices(() => this.#takeOne());
  #carrier: Carrier | undefined;

  /** What a carrier is opened with. */
  readonly events: CarrierEvents = {
    opened: (carrier) => this.#open(carrier),
    received: (text) => this.#receive(text),
    closed: (reason) => this.#closed(reason),
  };

  /** Whether subscriptions can be paused and stepped. */
  get isControllable(): boolean {
    return this.status.phase === 'live' && this.model.hello?.isControllable === true;
  }

  connecting(): void {
    this.#tell(CONNECTING);
  }

  /** What cannot be done is not: nothing hears it while there is no bus. */
  send(request: Request): void {
    if (this.playback === undefined) this.#carrier?.send(JSON.stringify(request));
  }

  /** Looks at a recording; what the bus tells from now on is not taken. */
  openRecording(recording: ReadRecording, name: string): void {
    this.#carrier?.close();
    this.recorder.stop();
    this.#backlog.clear();
    this.playback = new Playback(recording, name);
    this.play(Infinity);
  }

  /** Plays the recording that is open from its beginning. @param speed times as fast as recorded */
  play(speed: number): void {
    if (this.playback === undefined) return;
    this.#renew();
    for (const report of this.playback.beginning()) this.model.apply(report);
    this.playback.restart(speed, performance.now());
    this.#tell({ phase: 'reading', text: `playing ${this.playback.name}` });
    this.#slices.ask();
  }

  pausePlayback(isPaused: boolean): void {
    if (isPaused) this.playback?.pause(performance.now());
    else this.playback?.resume(performance.now());
    this.#slices.ask();
    this.frames.ask();
  }

  /** @param text why, for people */
  fail(text: string): void {
    this.#tell({ phase: 'failed', text });
  }

  #open(carrier: Carrier): void {
    if (this.playback !== undefined) {
      carrier.close();
      return;
    }
    this.#carrier = carrier;
    this.#backlog.clear();
    this.#tell(CONNECTING);
  }

  #closed(reason: string): void {
    if (this.playback !== undefined || this.status.phase === 'failed') return;
    this.#carrier = undefined;
    this.recorder.stop();
    this.#tell({ phase: 'waiting', text: `connection lost${reason === '' ? '' : `: ${reason}`}; trying again` });
  }

  #receive(text: string): void {
    if (this.playback !== undefined) return;
    this.shed += this.#backlog.add(text);
    this.#slices.ask();
  }

  #takeOne(): boolean {
    if (this.playback !== undefined) return this.#playOne(this.playback);
    const text = this.#backlog.take();
    if (text === undefined) return false;
    const report = JSON.parse(text) as Report;
    if (report.is === 'hello') this.#meet(report);
    else if (this.status.phase === 'live') this.model.apply(report, text.length);
    this.frames.ask();
    return true;
  }

  #playOne(playback: Playback): boolean {
    const report = playback.next(performance.now());
    if (report !== undefined) {
      this.model.apply(report);
      this.frames.ask();
      return true;
    }
    if (playback.isAtEnd) this.#tell({ phase: 'recording', text: `recording ${playback.name}` });
    else if (!playback.isPaused) setTimeout(() => this.#slices.ask(), PLAY_MS);
    return false;
  }

  /** Everything begins anew: it may be another process, and number its messages anew. */
  #meet(hello: Extract<Report, { readonly is: 'hello' }>): void {
    if ((hello.protocol as number) !== PROTOCOL) {
      this.fail(`The bus speaks protocol ${String(hello.protocol)}, this page ${PROTOCOL}: load the page anew.`);
      return this.#carrier?.close();
    }
    this.#renew();
    this.model.apply(hello);
    this.#tell(LIVE);
    this.send({ is: 'watch', records: true, statisticsMs: STATISTICS_MS });
  }

  #renew(): void {
    const { filter } = this.list;
    this.list.close();
    this.model = new Model({ recorder: this.recorder });
    this.list = new MessageList(this.model.messages);
    this.list.filter = filter;
    this.shed = 0;
  }

  #tell(status: Status): void {
    this.status = status;
    this.frames.ask();
  }

  #beforeFrame(): boolean {
    this.list.advance();
    return !this.list.isComplete;
  }
}
