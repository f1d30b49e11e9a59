import {
  createBridge,
  type Bridge,
  type BridgeOptions,
  type BridgeTransport,
  type TransportReceiver,
} from '@stasis-rx/bridge';
import type { Bus } from '@stasis-rx/core';

/** What becomes of a frame that is sent. */
export type Fate =
  /** Stored and confirmed. */
  | 'stored'
  /** Neither. */
  | 'lost'
  /** Neither, and that is known only after a moment. */
  | 'refused'
  /** Stored, and the confirmation got lost. */
  | 'unconfirmed'
  /** Stored after the frames that follow it; confirmed then. */
  | 'late';

interface Stored {
  readonly lane: string;
  readonly eid: string;
  readonly frame: string;
}

/** A network in memory with one log, as JetStream has it, and whatever fate a test has for frames. */
export class MemoryNetwork {
  readonly log: (Stored | undefined)[] = [];
  readonly members = new Set<MemoryTransport>();
  fate: (frame: string) => Fate = () => 'stored';
  /** Whether what is whispered to somebody gets lost. */
  isDeaf: (peer: string) => boolean = () => false;
  /** Whether announcements get through. */
  isTalking = true;
  /** How many frames are kept: beyond that the oldest go, read or not. */
  keeps = Infinity;
  /** How many of each kind have been announced. */
  readonly announced = { beats: 0, asks: 0 };
  /** How many characters have been announced. */
  said = 0;
  /** How many characters have been whispered. */
  whispered = 0;

  readonly #muted = new Set<string>();
  readonly #cut = new Set<string>();
  /** What was announced while the network was frozen; nothing while it is not. */
  #frozen: (() => void)[] | undefined;

  bridge(bus: Bus, options: BridgeOptions): Bridge {
    return createBridge(bus, new MemoryTransport(this), options);
  }

  transport(): MemoryTransport {
    return new MemoryTransport(this);
  }

  store(stored: Stored): number {
    this.log.push(stored);
    if (this.log.length > this.keeps) this.log[this.log.length - this.keeps - 1] = undefined;
    queueMicrotask(() => {
      for (const member of this.members) void member.read();
    });
    return this.log.length;
  }

  announce(eid: string, text: string): void {
    if (!this.isTalking || this.#muted.has(eid) || this.#cut.has(eid)) return;
    this.said += text.length;
    this.announced[text.includes('"k":"beat"') ? 'beats' : 'asks']++;
    this.#later(() => {
      for (const { receiver } of this.members) if (!this.#cut.has(receiver?.eid ?? '')) receiver?.hear(eid, text);
    });
  }

  whisper(eid: string, peer: string, text: string): void {
    if (!this.isTalking || this.#muted.has(eid) || this.#cut.has(eid) || this.isDeaf(peer)) return;
    this.whispered += text.length;
    this.#later(() => {
      for (const { receiver } of this.members) {
        if (receiver?.eid === peer && !this.#cut.has(peer)) receiver.hear(eid, text);
      }
    });
  }

  /** What is announced from now on is heard by nobody before the network thaws. */
  freeze(): void {
    this.#frozen ??= [];
  }

  thaw(): void {
    const held = this.#frozen ?? [];
    this.#frozen = undefined;
    for (const tell of held) queueMicrotask(tell);
  }

  /** Whether nobody hears what a member announces. */
  mute(eid: string, isMuted: boolean): void {
    if (isMuted) this.#muted.add(eid);
    else this.#muted.delete(eid);
  }

  /** A member is out of reach: it hears nothing, reads nothing, and is told so. */
  cut(eid: string): void {
    this.#cut.add(eid);
    this.setReading(eid, false);
    this.disconnect(eid);
  }

  /** It is back, and reads on where it stopped. */
  mend(eid: string): void {
    this.#cut.delete(eid);
    this.setReading(eid, true);
    this.connect(eid);
  }

  disconnect(eid: string): void {
    this.#member(eid).receiver?.disconnected();
  }

  connect(eid: string): void {
    this.#member(eid).receiver?.connected();
  }

  breakConnection(eid: string): void {
    this.disconnect(eid);
    this.connect(eid);
  }

  /** Whether a member reads what is stored. */
  setReading(eid: string, isReading: boolean): void {
    const member = this.#member(eid);
    member.isReading = isReading;
    void member.read();
  }

  /** Everything that is stored is gone. */
  purge(): void {
    this.log.fill(undefined);
  }

  #later(tell: () => void): void {
    if (this.#frozen === undefined) queueMicrotask(tell);
    else this.#frozen.push(tell);
  }

  #member(eid: string): MemoryTransport {
    const member = [...this.members].find(({ receiver }) => receiver?.eid === eid);
    if (member === undefined) throw new Error(`there is no "${eid}"`);
    return member;
  }
}

/** One member's end of a {@link MemoryNetwork}. */
export class MemoryTransport implements BridgeTransport {
  readonly name = 'memory';
  maxFrameBytes = 4096;
  receiver: TransportReceiver | undefined;
  /** Whether it reads. */
  isReading = true;
  readonly #network: MemoryNetwork;
  readonly #late: (() => void)[] = [];
  #cursor = 0;

  constructor(network: MemoryNetwork) {
    this.#network = network;
  }

  async open(receiver: TransportReceiver): Promise<void> {
    this.receiver = receiver;
    this.#cursor = this.#network.log.length;
    this.#network.members.add(this);
    await Promise.resolve();
  }

  send(lane: string, frame: string): Promise<number> {
    const stored = { lane, eid: this.receiver?.eid ?? '', frame };
    const fate = this.#network.fate(frame);
    if (fate === 'late') {
      return new Promise((resolve) => {
        this.#late.push(() => resolve(this.#network.store(stored)));
        setImmediate(() => this.#storeLate());
      });
    }
    if (fate === 'refused') {
      return new Promise((_, reject) => setImmediate(() => reject(new Error('refused'))));
    }
    if (fate === 'lost') return Promise.reject(new Error('lost'));
    const position = this.#network.store(stored);
    if (fate === 'unconfirmed') return Promise.reject(new Error('not confirmed'));
    return new Promise((resolve) => setImmediate(() => resolve(position)));
  }

  announce(text: string): void {
    this.#network.announce(this.receiver?.eid ?? '', text);
  }

  whisper(peer: string, text: string): void {
    this.#network.whisper(this.receiver?.eid ?? '', peer, text);
  }

  lag(): Promise<number> {
    return Promise.resolve(this.#network.log.length - this.#cursor);
  }

  close(): Promise<void> {
    this.#network.members.delete(this);
    return Promise.resolve();
  }

  async read(): Promise<void> {
    if (!this.isReading) return;
    while (this.#cursor < this.#network.log.length) {
      const stored = this.#network.log[this.#cursor++];
      if (stored !== undefined) void this.receiver?.receive(stored.lane, stored.eid, stored.frame);
    }
    await Promise.resolve();
  }

  #storeLate(): void {
    for (const store of this.#late.splice(0)) store();
  }
}
