/** How many frames stand on the stack: the same at the first message and the last, where a stack is flat. */
export function stackDepth(): number {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Infinity;
  const frames = new Error('only its stack is looked at').stack?.split('\n') ?? [];
  Error.stackTraceLimit = stackTraceLimit;
  return frames.length;
}
