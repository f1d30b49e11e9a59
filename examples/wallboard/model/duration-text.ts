/** A duration as a wall clock shows it: `0:05`, `12:40`, `1:02:03`. Begun seconds are not shown. */
export function durationText(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const seconds = twoDigits(total % 60);
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${twoDigits(minutes)}:${seconds}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
