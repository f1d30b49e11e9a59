const DEADLINE_MS = 2000;

/** Throws a readable Error unless the two are equal; arrays are compared element by element. */
export function expectEqual<T>(what: string, actual: T, expected: T): void {
  const got = print(actual);
  const wanted = print(expected);
  if (got !== wanted) throw new Error(`expected ${what} to be ${wanted}, got ${got}`);
}

/** Waits for what has to happen soon: what never happens then fails with a sentence, and not with a runner's timeout. */
export async function expectSoon<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`expected ${what}, waited ${DEADLINE_MS} ms`));
    }, DEADLINE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function print(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(String).join(', ')}]` : String(value);
}
