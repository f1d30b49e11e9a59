/** Knows which publish has brought about what is done now. */
export interface Causes {
  /** The id of that publish. */
  readonly current: number | undefined;
  /** Calls what the publish brings about. */
  run(id: number, call: () => unknown): unknown;
}

/** A variable that keeps its value behind an `await`: of Node, or of platforms to come. */
interface Variable {
  run(value: number, call: () => unknown): unknown;
  readonly getStore?: () => number | undefined;
  readonly get?: () => number | undefined;
}

interface Platform {
  readonly process?: {
    getBuiltinModule?(name: string): { readonly AsyncLocalStorage?: new () => Variable } | undefined;
  };
  readonly AsyncContext?: { readonly Variable: new () => Variable };
}

/** As far as the platform can tell: where it has no asynchronous contexts, on the synchronous stretch of a handler. */
export function causesOfPlatform(): Causes {
  const { process, AsyncContext } = globalThis as unknown as Platform;
  const { AsyncLocalStorage } = process?.getBuiltinModule?.('node:async_hooks') ?? {};
  const Kept = AsyncLocalStorage ?? AsyncContext?.Variable;
  return Kept === undefined ? new StackedCauses() : new KeptCauses(new Kept());
}

class KeptCauses implements Causes {
  readonly #variable: Variable;

  constructor(variable: Variable) {
    this.#variable = variable;
  }

  get current(): number | undefined {
    return this.#variable.getStore?.() ?? this.#variable.get?.();
  }

  run(id: number, call: () => unknown): unknown {
    return this.#variable.run(id, call);
  }
}

class StackedCauses implements Causes {
  current: number | undefined;

  run(id: number, call: () => unknown): unknown {
    const outer = this.current;
    this.current = id;
    try {
      return call();
    } finally {
      this.current = outer;
    }
  }
}
