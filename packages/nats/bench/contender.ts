/** What is sent: the size of a small event. */
export interface Item {
  readonly id: string;
  readonly n: number;
  readonly state: string;
  /** When it was published, in milliseconds since the process began. */
  readonly at: number;
}

/** One way to get items from one connection to another. */
export interface Contender {
  readonly name: string;
  publish(item: Item): void;
  /** Resolves when more may be published: nobody may run ahead without bound. */
  room(): Promise<void>;
  close(): Promise<void>;
}

/** Makes a contender; `take` is to be called with each item that arrives. */
export type MakeContender = (servers: string, take: (item: Item) => void) => Promise<Contender>;
