import { finalize, map, pipe, type UnaryFunction, type Observable } from 'rxjs';

/**
 * An operator that throws at a value, and whose teardown then throws too: RxJS lets what both throw through to whoever gave
 * the value.
 *
 * @param isFatal tells at which value; default: at each
 */
export function throwing<Value>(
  isFatal: (value: Value) => boolean = () => true,
): UnaryFunction<Observable<Value>, Observable<Value>> {
  return pipe(
    map((value: Value) => {
      if (isFatal(value)) throw new Error('operator');
      return value;
    }),
    finalize(() => {
      throw new Error('teardown');
    }),
  );
}
