/** A property that is there for sure, without running anything of the object's but the traps of a Proxy. */
export function ownValue(object: object, key: PropertyKey): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

/** What a call gives; `undefined` when it throws. */
export function attempt<Result>(call: () => Result): Result | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}

/** What a built-in getter gives of an object; `undefined` when the object is none of that kind. Nothing of the object's runs. */
export function builtIn(prototype: object, key: PropertyKey, object: object): unknown {
  return attempt(() => Reflect.get(prototype, key, object) as unknown);
}

/** The constructor's name; `undefined` for plain objects and those without one. */
export function classNameOf(prototype: object | null): string | undefined {
  if (prototype === null || prototype === Object.prototype) return undefined;
  const constructor = ownValue(prototype, 'constructor');
  const name = typeof constructor === 'function' ? ownValue(constructor, 'name') : undefined;
  return typeof name === 'string' && name !== 'Object' ? name : undefined;
}

/** The name of a message's type; `undefined` for whatever is no message. */
export function messageTypeNameOf(object: object, prototype: object | null): string | undefined {
  if (prototype === null || !Object.hasOwn(prototype, Symbol.for('stasis-rx.message'))) return undefined;
  const name = ownValue(Object(ownValue(object, 'type')) as object, 'name');
  return typeof name === 'string' ? name : undefined;
}

/** Those whose content is not in their properties. */
const SPECIAL = /^(Map|Set|Date|String|TypedArray|DataView|ArrayBuffer)$/;

/** Whether objects of this prototype may have content that is not in their properties. */
export function isSpecial(prototype: object | null): boolean {
  for (let each = prototype; each !== null; each = Object.getPrototypeOf(each) as object | null) {
    if (SPECIAL.test(classNameOf(each) ?? '')) return true;
  }
  return false;
}

const TypedArray = Object.getPrototypeOf(Int8Array.prototype) as object;

/** How many bytes it is a view of, or holds; `undefined` when it is none of that kind. */
export function byteLengthOf(object: object): number | undefined {
  const length = (prototype: object) => builtIn(prototype, 'byteLength', object) as number | undefined;
  return length(TypedArray) ?? length(DataView.prototype) ?? length(ArrayBuffer.prototype);
}
