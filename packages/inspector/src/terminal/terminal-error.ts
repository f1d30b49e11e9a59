/** Something that the user has to be told in one line; nothing is wrong with the program. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
  /** 1: it failed; 2: the command line cannot work. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
