/** What redraws the screen: made by `createLogUpdate` of the package `log-update`. */
export interface Frame {
  (text: string): void;
  /** Shows the cursor again. */
  done(): void;
  /** The terminal as it is at present: its width in characters. */
  readonly columns: number;
  /** Its height in lines. */
  readonly rows: number;
}

/** What the program has of the process that it runs in. */
export interface Terminal {
  /** Writes to standard output. */
  readonly write: (text: string) => void;
  /** Writes one line to standard error. */
  readonly complain: (line: string) => void;
  /** How many characters a line has; `Infinity` where there is no terminal. */
  readonly columns: number;
  /** Starts redrawing the screen; `undefined` where there is no terminal. */
  readonly openFrame: (() => Frame) | undefined;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
}
