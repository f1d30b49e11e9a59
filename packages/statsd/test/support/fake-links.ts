import type { Link, LinkEvents, OpenLink } from '../../src/transports/link.js';

/** A link without a socket: the test says when it opens, takes packets, fails and breaks. */
export interface FakeLink extends Link {
  readonly events: LinkEvents;
  /** What was written, in order. */
  readonly written: string[];
  /** What the next writes return. */
  isWritable: boolean;
  readonly isReferenced: boolean;
  readonly end: 'none' | 'closed' | 'destroyed';
  /** The system takes the oldest packet that it has not taken yet, or fails to. */
  take(error?: Error): void;
}

/** Opens fake links, and keeps them in the order in which they were opened. */
export function fakeLinks(): { readonly links: FakeLink[]; readonly openLink: OpenLink } {
  const links: FakeLink[] = [];
  return {
    links,
    openLink(events) {
      const link = fakeLink(events);
      links.push(link);
      return link;
    },
  };
}

function fakeLink(events: LinkEvents): FakeLink {
  const callbacks: ((error?: Error) => void)[] = [];
  let isReferenced = true;
  let end: FakeLink['end'] = 'none';
  return {
    events,
    written: [],
    isWritable: true,
    get isReferenced() {
      return isReferenced;
    },
    get end() {
      return end;
    },
    write(text, onWritten) {
      this.written.push(text);
      callbacks.push(onWritten);
      return this.isWritable;
    },
    take(error) {
      callbacks.shift()!(error);
    },
    close(onClosed) {
      end = 'closed';
      onClosed();
    },
    destroy() {
      end = 'destroyed';
    },
    setRef(value) {
      isReferenced = value;
    },
  };
}
