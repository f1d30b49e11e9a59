/** What is used of the Redux DevTools extension. */
export interface ReduxDevTools {
  /** Opens a connection: an instance in its list. */
  connect(options: ReduxConnectOptions): ReduxConnection;
}

/** What it is told at first. */
export interface ReduxConnectOptions {
  /** How it is called in the list. */
  readonly name: string;
  /** How many actions it keeps. */
  readonly maxAge: number;
  /** Which of its buttons it has. */
  readonly features: Readonly<Record<string, boolean>>;
}

/** One instance in its list. */
export interface ReduxConnection {
  /** Tells the state that there is at first. */
  init(state: unknown): void;
  /** Tells an action, and the state after it. */
  send(action: { readonly type: string }, state: unknown): void;
  /** Ends the connection, where it can be ended. */
  unsubscribe?(): void;
}

/** The extension, where there is one. */
export function reduxDevTools(): ReduxDevTools | undefined {
  const { __REDUX_DEVTOOLS_EXTENSION__: found } = globalThis as {
    readonly __REDUX_DEVTOOLS_EXTENSION__?: ReduxDevTools;
  };
  return typeof found?.connect === 'function' ? found : undefined;
}
