// The Observables of the platform, as far as the tests use them: no library of TypeScript has them so far. They are declared
// where they are used and not for the whole program, in which `Observable` is that of RxJS.

export interface PlatformObserver<T> {
  next?(value: T): void;
  error?(error: unknown): void;
  complete?(): void;
}

export interface PlatformSubscriber<T> extends Required<PlatformObserver<T>> {
  readonly active: boolean;
  readonly signal: AbortSignal;
  addTeardown(teardown: () => void): void;
}

export interface PlatformObservable<T> {
  subscribe(observer?: PlatformObserver<T> | ((value: T) => void), options?: { signal?: AbortSignal }): void;
  map<R>(mapper: (value: T) => R): PlatformObservable<R>;
  take(count: number): PlatformObservable<T>;
  first(): Promise<T>;
  forEach(callback: (value: T) => void): Promise<void>;
  toArray(): Promise<T[]>;
}

export interface PlatformObservableConstructor {
  new <T>(produce: (subscriber: PlatformSubscriber<T>) => void): PlatformObservable<T>;
  from<T>(source: PlatformObservable<T> | AsyncIterable<T>): PlatformObservable<T>;
}

/** What every event target has. */
export interface WithWhen {
  when(type: string): PlatformObservable<Event>;
}
