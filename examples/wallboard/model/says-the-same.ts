/** Whether two objects have the same values in all fields. Lists are compared by their values, objects by identity. */
export function saysTheSame<Data extends object>(one: Data, other: Data): boolean {
  return (Object.keys(other) as (keyof Data)[]).every((key) => isSameValue(one[key], other[key]));
}

function isSameValue(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return Object.is(one, other);
  return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}
