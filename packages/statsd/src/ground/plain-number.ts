/**
 * A number as StatsD servers read it: in plain decimal digits, without an exponent, as many as tell it from every other.
 *
 * @returns `''` for anything but a finite number
 */
export function plainNumber(value: unknown): string {
  if (typeof value !== 'number') return '';
  if ((value | 0) === value) return String(value);
  if (!Number.isFinite(value)) return '';
  const text = String(value);
  return text.includes('e') ? withoutExponent(text) : text;
}

/** JavaScript writes an exponent from 1e21 on, where no digit stands behind the point any more, and below 1e-6. */
function withoutExponent(text: string): string {
  const sign = text.startsWith('-') ? '-' : '';
  const [mantissa = '', exponent = ''] = text.slice(sign.length).split('e');
  const digits = mantissa.replace('.', '');
  const point = 1 + Number(exponent);
  return point > 0 ? sign + digits.padEnd(point, '0') : `${sign}0.${'0'.repeat(-point)}${digits}`;
}
