import type { UnixDgram, UnixDgramError } from '../../src/transports/unix-dgram.js';

/** A socket that the test plays the system for. */
export interface FakeUnixSocket {
  readonly path: string;
  readonly sent: string[];
  readonly isOpen: boolean;
  /** Tells that there may be room again. */
  roomAgain(): void;
}

/** unix-dgram without a system: the test says what it answers. */
export interface FakeUnixDgram {
  readonly module: UnixDgram;
  /** In the order in which they were opened. */
  readonly sockets: FakeUnixSocket[];
  /** What the system says next, before all is well again: an errno, negative; `'full'` for a send. */
  readonly answers: { readonly on: 'socket' | 'connect' | 'send'; readonly answer: number | 'full' }[];
}

/** Answers as unix-dgram does: inside the call, with errors whose code is a number. */
export function fakeUnixDgram(): FakeUnixDgram {
  const sockets: FakeUnixSocket[] = [];
  const answers: FakeUnixDgram['answers'] = [];
  const answerTo = (on: string): UnixDgramError | undefined => {
    if (answers[0]?.on !== on) return undefined;
    const { answer } = answers.shift()!;
    const code = answer === 'full' ? 1 : answer;
    return Object.assign(new Error(answer === 'full' ? 'congestion' : `${on} ${answer}`), { code });
  };
  const createSocket = () => {
    const failure = answerTo('socket');
    if (failure !== undefined) throw failure;
    const listeners: Record<string, (error?: UnixDgramError) => void> = {};
    const socket = {
      path: '',
      sent: [] as string[],
      isOpen: true,
      roomAgain: () => listeners.writable?.(),
      on: (event: string, listener: (error: UnixDgramError) => void) =>
        (listeners[event] = listener as (error?: UnixDgramError) => void),
      connect(path: string) {
        this.path = path;
        const error = answerTo('connect');
        if (error !== undefined) listeners.error?.(error);
      },
      send(packet: Uint8Array, callback: (error?: UnixDgramError) => void) {
        const error = answerTo('send');
        if (error === undefined) this.sent.push(Buffer.from(packet).toString());
        callback(error);
      },
      close() {
        if (!this.isOpen) throw new Error('close -9');
        this.isOpen = false;
      },
    };
    sockets.push(socket);
    return socket;
  };
  return { module: { createSocket }, sockets, answers };
}
