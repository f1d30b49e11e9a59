/** The command line cannot work; the message is what the user has to be told, in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
