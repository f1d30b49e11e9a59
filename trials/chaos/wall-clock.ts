/** Sets this process's wall clock, and nothing else: timers go on as they are. */
export function wallClock(place: { Date: DateConstructor } = globalThis): (aheadMs: number) => void {
  const Real = place.Date;
  let ahead = 0;
  const now = (): number => Real.now() + ahead;
  place.Date = new Proxy(Real, {
    construct: (_, args: unknown[], target) =>
      Reflect.construct(Real, args.length === 0 ? [now()] : args, target) as Date,
    apply: () => new Real(now()).toString(),
    get: (_, key) => (key === 'now' ? now : (Reflect.get(Real, key) as unknown)),
  });
  return (aheadMs) => {
    ahead = aheadMs;
  };
}
