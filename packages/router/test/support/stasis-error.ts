/** Matches an error of this project by its code and its exact message. */
export function stasisError(code: string, message: string): Error {
  return expect.objectContaining({ code, message }) as Error;
}
