/** One line of a program. */
export interface Action<Place, Self> {
  /** As it stands in the program. */
  readonly code: string;
  /** @param self in whose handler the line stands */
  run(world: Place, self?: Self): unknown;
}

/** What a handler does in one of its calls. */
export interface Step<Place, Self> {
  readonly code: string;
  /**
   * @param fail gives what to throw
   * @returns what the handler returns
   */
  run(world: Place, fail: () => Error, self?: Self): unknown;
}

/** Moves all lines but the first to the right. */
export function indented(code: string): string {
  return code.replaceAll('\n', '\n  ');
}

/** A handler that does one step after the other, one each time it is called, and then nothing. */
export function handlerCode(script: readonly { readonly code: string }[]): string {
  if (script.length === 0) return 'handler()';
  return `handler(${indented(script.map(({ code }) => `\n${code},`).join(''))}\n)`;
}
